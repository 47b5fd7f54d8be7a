package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.file.Errno;

/**
 * An open directory of a {@link TreeReader}: a handle, as a file descriptor is one. It stays the directory that was opened,
 * whatever is renamed or swapped above it. All workers of one scan may use it; only their readers know what the handle means.
 *
 * @param handle the reader's number for the directory
 */
public record OpenDirectory(int handle) {

    /** Identifies a directory whatever its path is, so that a scan walks no directory twice. */
    public record Identity(long device, Object inode) {

        /** Written out: the generated method costs a bootstrap at every start. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Identity that && device == that.device && inode.equals(that.inode);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(device) * 31 + inode.hashCode();
        }
    }

    /** The result of opening a directory. */
    public sealed interface Opening {

        record Open(OpenDirectory directory) implements Opening {}

        record Refused(Errno errno) implements Opening {}
    }
}
