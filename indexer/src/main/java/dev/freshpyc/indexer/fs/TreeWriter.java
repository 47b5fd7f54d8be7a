package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import java.io.IOException;
import java.io.Serial;
import java.util.List;

/**
 * The port through which one worker writes to a file system. A file is named by an open directory and a name without a slash;
 * no method follows a symbolic link, so a link that replaced a file is refused with {@code ELOOP}. A writer belongs to one
 * thread.
 */
public interface TreeWriter extends AutoCloseable {

    /** Opens a directory by its canonical path; a symbolic link in the path is refused. */
    OpenFile openRoot(RawPath canonical) throws SystemCallException;

    /**
     * The path that {@code inside} leads to for a process with the root directory {@code root}: absolute links and {@code ..}
     * stay inside.
     *
     * @return a path without links
     */
    RawPath resolveInRoot(RawPath root, RawPath inside) throws SystemCallException;

    /** Opens the directory at a relative path, the empty path for {@code top} itself; no name in the path may be a link. */
    OpenFile openDirectory(OpenFile top, RawPath below) throws SystemCallException;

    /**
     * The path that a relative path leads to, with all links followed, also out of {@code top}.
     *
     * @return a path without links
     */
    RawPath follow(OpenFile top, RawPath below) throws SystemCallException;

    /** The text of a symbolic link: the path that it leads to. */
    RawPath readLink(OpenFile directory, RawPath name) throws SystemCallException;

    /** Makes a symbolic link that leads to {@code target}. */
    void makeLink(OpenFile directory, RawPath name, RawPath target) throws SystemCallException;

    /** Opens a file for reading and, where asked, for writing; never waits for the other end of a FIFO. */
    OpenFile open(OpenFile directory, RawPath name, boolean writable) throws SystemCallException;

    /** Creates and opens a new file that only its owner may read and write. */
    OpenFile create(OpenFile directory, RawPath name) throws SystemCallException;

    /**
     * Creates and opens a new file that will get the permissions of {@code model}. If all users may read the
     * model, the new file gets the permissions of the model at once, so that most copies need no further change. Other users never
     * get more rights than the model gives. The owner may write, since setting extended attributes requires that.
     */
    OpenFile createLike(OpenFile directory, RawPath name, FileFacts model) throws SystemCallException;

    FileFacts stat(OpenFile file) throws SystemCallException;

    /** The metadata of a name; for a symbolic link, those of the link itself. */
    FileFacts stat(OpenFile directory, RawPath name) throws SystemCallException;

    /** All names in a directory. */
    List<RawPath> list(OpenFile directory) throws IOException;

    /** What this user can still write on the file system of a directory. */
    FreeRoom freeRoom(OpenFile directory) throws SystemCallException;

    /** The first bytes of a file, at most {@code length}. */
    byte[] read(OpenFile file, int length) throws SystemCallException;

    /** Reads bytes from {@code position} on; returns their number, 0 at the end of the file. */
    int read(OpenFile file, long position, byte[] into, int offset, int length) throws SystemCallException;

    /** Makes a directory with permissions {@code mode}, less the process's umask. */
    void makeDirectory(OpenFile parent, RawPath name, int mode) throws SystemCallException;

    void setOwner(OpenFile file, int user, int group) throws SystemCallException;

    void setMode(OpenFile file, int mode) throws SystemCallException;

    /** Sets the mtime and leaves the atime. */
    void setMtime(OpenFile file, long seconds, int nanos) throws SystemCallException;

    /**
     * Gives {@code target} the owner, permissions and extended attributes of {@code source}.
     *
     * @param own the metadata of {@code target} now
     */
    void copyAttributes(OpenFile source, FileFacts facts, OpenFile target, FileFacts own) throws SystemCallException;

    /**
     * Copies the same metadata to a copy that freshpyc keeps, as far as this user may. Where this user may not set the
     * owner, the group or an attribute, the copy keeps its own; with another owner, the copy gets the permissions
     * {@link FileFacts#modeOfOther}.
     *
     * @param own the metadata of {@code target} now
     */
    void keepAttributes(OpenFile source, FileFacts facts, OpenFile target, FileFacts own) throws SystemCallException;

    /** Writes {@code head} and {@code body} into a new file. */
    void write(OpenFile target, byte[] head, byte[] body) throws SystemCallException;

    /** Writes bytes into a new file, from a position on. */
    void writePart(OpenFile target, long position, byte[] bytes) throws SystemCallException;

    /**
     * Overwrites the first bytes of a file in one call, and restores the set-user-ID bits and capabilities that the kernel
     * removes from a written file.
     */
    void overwrite(OpenFile file, FileFacts facts, byte[] head) throws SystemCallException;

    /**
     * Writes {@code head} into a new file, and behind it the bytes of {@code source} from the length of {@code head} on.
     *
     * @throws SystemCallException of {@code ESTALE} where the source does not begin with {@code expected}, or is shorter than
     *     {@code size}
     */
    void copy(OpenFile source, OpenFile target, long size, byte[] expected, byte[] head) throws SystemCallException;

    /** Makes a new file share the blocks of another, until one of the two is changed; false where the file system cannot. */
    boolean share(OpenFile source, OpenFile target);

    /** Copies {@code size} bytes of one file into another. */
    void copyPart(OpenFile source, long from, OpenFile target, long to, long size) throws SystemCallException;

    /** Renames a file within a directory; a file with the new name is replaced atomically. */
    void rename(OpenFile directory, RawPath from, RawPath to) throws SystemCallException;

    /** Makes a hard link: gives a file another name. */
    void link(OpenFile fromDirectory, RawPath from, OpenFile toDirectory, RawPath to) throws SystemCallException;

    void unlink(OpenFile directory, RawPath name) throws SystemCallException;

    /** Removes an empty directory. */
    void removeDirectory(OpenFile parent, RawPath name) throws SystemCallException;

    /** Forces a file or directory to the disk, and returns when that is done. */
    void force(OpenFile file) throws SystemCallException;

    /** Forces all changes of a file's file system to the disk, and returns when that is done. */
    void forceFileSystem(OpenFile file) throws SystemCallException;

    /** The digest of bytes in memory. */
    Sha256 sha256(byte[] bytes);

    /**
     * The digest of a file's bytes from position {@code from} to {@code to}.
     *
     * @throws IOException when the bytes cannot be read, or the file became shorter
     */
    Sha256 sha256(OpenFile file, long from, long to) throws IOException;

    @Override
    void close();

    /**
     * What can still be written on a file system.
     *
     * @param bytes in whole blocks
     * @param files how many files can be made; {@link Long#MAX_VALUE} if the file system does not limit their number
     */
    record FreeRoom(long bytes, long files) {}

    /**
     * The metadata of a file that is to be written.
     *
     * @param regular whether the file is a regular file
     * @param mode the permission bits with set-user-ID, set-group-ID and sticky
     * @param links the number of hard links
     */
    record FileFacts(FileStamp stamp, Identity identity, boolean regular, int mode, int user, int group, long links) {

        private static final int SET_ID = 06000;
        private static final int OWNER_READS = 0400;
        private static final int GROUP = 0070;
        private static final int OTHERS = 0007;
        private static final int GROUP_SHIFT = 3;

        /**
         * The permissions of a copy with another owner than the file. Only that owner may do more with the copy than
         * with the file.
         *
         * @param sameGroup whether the copy has the group of the file
         */
        public int modeOfOther(boolean sameGroup) {
            int ofGroup = sameGroup ? GROUP : (mode & OTHERS) << GROUP_SHIFT;
            return (mode & ~SET_ID & (~GROUP | ofGroup)) | OWNER_READS;
        }
    }

    /** A system call of the writing port failed. */
    final class SystemCallException extends IOException {

        @Serial
        private static final long serialVersionUID = 1;

        private final transient Errno errno;

        public SystemCallException(String call, Errno errno) {
            super(call + ": " + errno);
            this.errno = errno;
        }

        public Errno errno() {
            return errno;
        }
    }
}
