package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.file.AccessList;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import java.io.IOException;
import java.util.Optional;

/**
 * The port through which one worker reads a file system. A file is named by an open directory and an index in the directory's
 * listing, never by a path, since another process could replace a directory of the path in between.
 *
 * <p>A reader belongs to one thread; directories may be used by the other workers' readers of the same scan. An expected error
 * is a value: methods that return an {@code int} return 0 or more on success, and a negated {@link
 * Errno} otherwise.
 */
public interface TreeReader extends AutoCloseable {

    /** Returned instead of an errno for a FIFO, a device or a socket. */
    int NOT_A_FILE = -4095;

    /** A new listing for use with this reader alone. */
    Listing newListing();

    /** Opens a directory by its path, following symbolic links. */
    Opening openRoot(RawPath path);

    /**
     * Opens a directory in {@code parent}.
     *
     * @param followLink whether {@code name} may be a symbolic link; otherwise a link is refused with {@code ELOOP} or {@code
     *     ENOTDIR}
     */
    Opening open(OpenDirectory parent, RawPath name, boolean followLink);

    /** Which directory a handle stands for; may take a system call. */
    Identity identity(OpenDirectory directory);

    /** Whether stamps identify content on the file system that holds a directory. */
    StampStability stability(OpenDirectory directory);

    void close(OpenDirectory directory);

    /** Fills a listing with the names in a directory that a scan needs. */
    int list(OpenDirectory directory, Listing into);

    /** Reads a file's metadata, following symbolic links. */
    int stat(OpenDirectory directory, Listing names, int index, FileStat into);

    /** Bytes of the largest file whose end is read: a file with a strange end is then walked whole, which takes time. */
    long LARGEST_WITH_TAIL = 64L << 20;

    /**
     * Reads the first and the last bytes of a regular file and its metadata, following symbolic links. A file of another type is never
     * opened.
     *
     * @param head gets the first bytes, as many as there are
     * @param tail gets the last bytes, if the file has at least so many and as many as {@code head}, and no more than
     *     {@link #LARGEST_WITH_TAIL}; may be empty
     * @param into gets the metadata of the file that was read
     * @return the number of bytes in {@code head}, a negated errno, or {@link #NOT_A_FILE}
     */
    default int readEnds(OpenDirectory directory, Listing names, int index, byte[] head, byte[] tail, FileStat into) {
        int code = stat(directory, names, index, into);
        if (code < 0) {
            return code;
        }
        return switch (openContents(directory, names, index)) {
            case FileContents.Opening.Refused(int refusal) -> refusal;
            case FileContents.Opening.Open(FileContents contents) -> readEnds(contents, head, tail);
        };
    }

    private static int readEnds(FileContents contents, byte[] head, byte[] tail) {
        try (contents) {
            return contents.readEnds(head, tail);
        } catch (IOException unreadable) {
            return -Errno.EIO.number();
        }
    }

    /** Opens a regular file for reading, under the rules of {@link #readEnds}. */
    FileContents.Opening openContents(OpenDirectory directory, Listing names, int index);

    /**
     * Opens a regular file by its path, following symbolic links. A file of another type is never opened.
     *
     * @param into gets the metadata of the opened file
     */
    FileContents.Opening openFile(RawPath path, FileStat into);

    /** Reads an open directory's metadata. */
    int stat(OpenDirectory directory, FileStat into);

    /** The access control list of an open directory; empty where the directory has none, and where the reader knows of none. */
    default Optional<AccessList> accessList(OpenDirectory directory) {
        return Optional.empty();
    }

    /** The access control list of a regular file, following symbolic links; also empty for a file that cannot be opened. */
    default Optional<AccessList> accessList(OpenDirectory directory, Listing names, int index) {
        return Optional.empty();
    }

    /** Whether a name is a symbolic link. May take a system call. */
    boolean isLink(OpenDirectory directory, Listing names, int index);

    /** The path that a name leads to, absolute and without links; {@link RawPath#EMPTY} where the system does not say. */
    RawPath follow(OpenDirectory directory, Listing names, int index);

    /** The path of a directory, absolute and without links; {@link RawPath#EMPTY} where the system does not say. */
    RawPath realPath(OpenDirectory directory);

    @Override
    void close();
}
