package dev.freshpyc.indexer.fs;

/** A directory that is held open: whatever is renamed or swapped above it, it stays the one that was opened. */
public interface OpenDirectory {

    /** To be asked for by the thread that opened it, since it may take a system call. */
    Identity identity();

    /** Which directory it is, whatever its name: by this, none is walked twice. */
    record Identity(long device, Object inode) {

        /** Written out, as the one that records get costs a bootstrap at every start. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Identity that && device == that.device && inode.equals(that.inode);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(device) * 31 + inode.hashCode();
        }
    }
}
