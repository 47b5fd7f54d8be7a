package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import org.jspecify.annotations.Nullable;

/**
 * The system calls that write, for one thread. Every file is named by an open directory and a name without a slash, and no
 * symbolic link is ever followed: one that was swapped in is refused with {@code ELOOP}.
 */
public final class LinuxTreeWriter implements AutoCloseable {

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;

    private static final int GUARDED =
            OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY | OpenFlags.O_CLOEXEC;

    /** The set-user-ID and set-group-ID bits. */
    private static final int SET_ID = 06000;

    private static final int PRIVATE = 0600;
    private static final int READ_BY_OTHERS = 0044;
    private static final int NOT_WRITTEN_BY_OTHERS = 0755;

    private static final int READ = 64 * 1024;

    private final Libc libc = new Libc();
    private final StatxBuffer statx = new StatxBuffer();
    private final DirectoryOpener directories = new DirectoryOpener(libc);
    private final NativeBuffer path = new NativeBuffer(4096);
    private final NativeBuffer otherPath = new NativeBuffer(4096);
    private final NativeBuffer scratch = new NativeBuffer(READ);
    private @Nullable NativeHash hash;
    private final ContentCopier copier = new ContentCopier(libc);
    private final AttributeCopier attributes = new AttributeCopier(libc);

    /** Opens a directory whose path has no symbolic link in it, nor has one been put there. */
    public int openRoot(RawPath canonical) throws SystemCallException {
        return directories.openRoot(canonical);
    }

    /**
     * Where {@code path} leads for whoever has {@code root} as the root directory: absolute links and {@code ..} stay inside.
     *
     * @return a path without links
     */
    public RawPath resolveInRoot(RawPath root, RawPath inside) throws SystemCallException {
        return directories.resolveInRoot(root, inside);
    }

    /** Opens the directory at a relative path, the empty one for {@code top} itself; none of its names may be a link. */
    public int openDirectory(int top, RawPath below) throws SystemCallException {
        return directories.open(top, below);
    }

    /** Opens a file for reading, and for writing where asked; without waiting for anybody at the other end of a FIFO. */
    public int open(int directory, RawPath name, boolean writable) throws SystemCallException {
        path.writeString(name.toBytes());
        int access = writable ? OpenFlags.O_RDWR : OpenFlags.O_RDONLY;
        return done("open", libc.openContents(directory, path.address(), access | GUARDED));
    }

    /** Makes a new file that only its owner may touch, and opens it. */
    public int create(int directory, RawPath name) throws SystemCallException {
        return create(directory, name, PRIVATE);
    }

    /**
     * Makes a new file that will get the permissions of another, and opens it. Where everybody may read that one, everybody may
     * read this one at once, which mostly leaves nothing to change; never may others do more than they will. Its owner may write
     * to it, without which extended attributes cannot be set.
     */
    public int createLike(int directory, RawPath name, FileFacts other) throws SystemCallException {
        boolean isPublic = (other.mode() & READ_BY_OTHERS) == READ_BY_OTHERS;
        return create(directory, name, isPublic ? PRIVATE | (other.mode() & NOT_WRITTEN_BY_OTHERS) : PRIVATE);
    }

    private int create(int directory, RawPath name, int mode) throws SystemCallException {
        path.writeString(name.toBytes());
        int flags = OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL | GUARDED;
        return done("create", libc.openat(directory, path.address(), flags, mode));
    }

    public FileFacts stat(int file) throws SystemCallException {
        path.writeString(new byte[0]);
        return stat(file, OpenFlags.AT_EMPTY_PATH);
    }

    /** The facts of a name, of a link itself where it is one. */
    public FileFacts stat(int directory, RawPath name) throws SystemCallException {
        path.writeString(name.toBytes());
        return stat(directory, AT_SYMLINK_NOFOLLOW);
    }

    /** The first bytes of a file, as many as there are up to {@code length}. */
    public byte[] read(int file, int length) throws SystemCallException {
        scratch.ensure(length);
        int read = done("read", libc.pread(file, scratch.address(), length, 0));
        byte[] bytes = new byte[read];
        scratch.read(0, bytes, 0, read);
        return bytes;
    }

    /** Bytes of a file from {@code position} on: how many were read, 0 at its end. */
    public int read(int file, long position, byte[] into, int offset, int length) throws SystemCallException {
        int wanted = (int) Math.min(length, scratch.capacity());
        int read = done("read", libc.pread(file, scratch.address(), wanted, position));
        scratch.read(0, into, offset, read);
        return read;
    }

    /** Makes a directory with those permissions, as far as the process's mask allows them. */
    public void makeDirectory(int parent, RawPath name, int mode) throws SystemCallException {
        path.writeString(name.toBytes());
        done("mkdir", libc.mkdirat(parent, path.address(), mode));
    }

    /** Gives a file to a user and a group. */
    public void setOwner(int file, int user, int group) throws SystemCallException {
        done("chown", libc.fchown(file, user, group));
    }

    /** Writes over the first bytes of a file, in one call; what the kernel takes from a file that is written is put back. */
    public void overwrite(int file, FileFacts facts, byte[] head) throws SystemCallException {
        byte[] capability = attributes.capability(file);
        write(file, head);
        if ((facts.mode() & SET_ID) != 0) {
            setMode(file, facts.mode());
        }
        if (capability.length > 0) {
            attributes.setCapability(file, capability);
        }
    }

    private void write(int file, byte[] head) throws SystemCallException {
        scratch.write(head, 0, head.length);
        requireAll(head.length, done("write", libc.pwrite(file, scratch.address(), head.length, 0)));
    }

    /**
     * Fills a new file with {@code head} and then what stands behind so many bytes in {@code source}.
     *
     * @throws SystemCallException of {@code ESTALE} where the source does not begin with {@code expected}, or is shorter than
     *     {@code size}
     */
    public void copy(int source, int target, long size, byte[] expected, byte[] head) throws SystemCallException {
        copier.copy(source, target, size, expected, head);
    }

    /** Copies {@code size} bytes of one open file into another. */
    public void copyPart(int source, long from, int target, long to, long size) throws SystemCallException {
        copier.copyPart(source, from, target, to, size);
    }

    /** The digest of bytes in memory. */
    public Sha256 sha256(byte[] bytes) {
        if (hash == null) {
            hash = NativeHash.of(libc, scratch).orElse(null);
        }
        return hash == null ? Sha256.of(Sha256.newDigest().digest(bytes)) : hash.digest(bytes);
    }

    /** Fills a new file. */
    public void write(int target, byte[] head, byte[] body) throws SystemCallException {
        copier.write(target, head, body);
    }

    /**
     * Gives a file the owner, permissions and extended attributes of another.
     *
     * @param own what the file has now
     */
    public void copyAttributes(int source, FileFacts facts, int target, FileFacts own) throws SystemCallException {
        attributes.copy(source, facts, target, own);
    }

    /** Sets permissions. */
    public void setMode(int file, int mode) throws SystemCallException {
        done("chmod", libc.fchmod(file, mode));
    }

    /** Sets the mtime and leaves the atime. */
    public void setMtime(int file, long seconds, int nanos) throws SystemCallException {
        done("utime", attributes.setMtime(file, seconds, nanos));
    }

    /** {@code renameat(2)} within a directory: the file of that name is replaced in one step. */
    public void rename(int directory, RawPath from, RawPath to) throws SystemCallException {
        path.writeString(from.toBytes());
        otherPath.writeString(to.toBytes());
        done("rename", libc.renameat(directory, path.address(), directory, otherPath.address()));
    }

    /** Gives a file one more name. */
    public void link(int fromDirectory, RawPath from, int toDirectory, RawPath to) throws SystemCallException {
        path.writeString(from.toBytes());
        otherPath.writeString(to.toBytes());
        done("link", libc.linkat(fromDirectory, path.address(), toDirectory, otherPath.address()));
    }

    public void unlink(int directory, RawPath name) throws SystemCallException {
        path.writeString(name.toBytes());
        done("unlink", libc.unlinkat(directory, path.address()));
    }

    /** Removes a directory that is empty; no other. */
    public void removeDirectory(int parent, RawPath name) throws SystemCallException {
        path.writeString(name.toBytes());
        done("rmdir", libc.removeDirectoryAt(parent, path.address()));
    }

    /** Waits until a file or a directory is on the disk. */
    public void force(int file) throws SystemCallException {
        done("fsync", libc.fsync(file));
    }

    /** Waits until everything of a file's file system is on the disk. */
    public void forceFileSystem(int file) throws SystemCallException {
        done("syncfs", libc.syncfs(file));
    }

    public void close(int file) {
        libc.close(file);
    }

    @Override
    public void close() {
        if (hash != null) {
            hash.close();
        }
        attributes.close();
        copier.close();
        directories.close();
        scratch.close();
        otherPath.close();
        path.close();
        statx.close();
        libc.close();
    }

    static int done(String call, int result) throws SystemCallException {
        if (result < 0) {
            throw new SystemCallException(call, new Errno(-result));
        }
        return result;
    }

    static void requireAll(long wanted, long written) throws SystemCallException {
        if (written < wanted) {
            throw new SystemCallException("write", Errno.ENOSPC);
        }
    }

    private FileFacts stat(int directory, int flags) throws SystemCallException {
        done("stat", libc.statx(directory, path.address(), flags, StatxBuffer.ALL, statx.address()));
        return statx.facts();
    }
}
