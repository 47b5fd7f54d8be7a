package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.path.RawPath;

/**
 * One worker's way into a file system. Files are named by an open directory and a place in its listing, never by a path
 * that could be swapped in between. Not thread-safe, except that a directory opened by one worker may be used by another.
 *
 * <p>Expected trouble is a value: methods that return an {@code int} return 0 or more when done and a negated {@link
 * dev.freshpyc.core.file.Errno} otherwise.
 */
public interface TreeReader extends AutoCloseable {

    /** Room for a directory's names, to be used again and again with this worker. */
    Listing newListing();

    /** Opens a directory by its path, following symbolic links. */
    Opening openRoot(RawPath path);

    /**
     * Opens a directory in {@code parent}.
     *
     * @param followLink whether {@code name} may be a symbolic link; without, one is refused with {@code ELOOP} or {@code
     *     ENOTDIR}
     */
    Opening open(OpenDirectory parent, RawPath name, boolean followLink);

    void close(OpenDirectory directory);

    /** Reads the names in {@code directory} that a scan cares about. */
    int list(OpenDirectory directory, Listing into);

    /** Looks at a file, following symbolic links. */
    int stat(OpenDirectory directory, Listing names, int index, FileStat into);

    /**
     * Reads the first bytes of a regular file, as many as there are up to {@code head}'s length, following symbolic links.
     * Anything else than a regular file is never opened.
     *
     * @return the number of bytes, or a negated errno, {@link #NOT_A_FILE} for what is no regular file
     */
    int readHead(OpenDirectory directory, Listing names, int index, byte[] head);

    /** Opens a regular file for reading under the rules of {@link #readHead}. */
    FileContents.Opening openContents(OpenDirectory directory, Listing names, int index);

    @Override
    void close();

    /** Returned in place of an errno for a FIFO, a device, a socket. */
    int NOT_A_FILE = -4095;
}
