package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.file.Errno;

/**
 * An open directory of a {@link TreeReader}: a handle, such as a file descriptor. The handle keeps referring to the directory
 * that was opened, even when directories above it are renamed or replaced. All workers of one scan may use the handle; only
 * their readers can interpret it.
 *
 * @param handle the reader's number for the directory
 */
public record OpenDirectory(int handle) {

    /** Identifies a directory independently of its path, so that a scan reads no directory twice. */
    public record Identity(long device, Object inode) {

        /** Replaces the generated method, whose bootstrap would cost time at every start. */
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
