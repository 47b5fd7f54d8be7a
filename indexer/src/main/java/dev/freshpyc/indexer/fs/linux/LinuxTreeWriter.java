package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes files by system calls relative to directory descriptors. */
public final class LinuxTreeWriter implements TreeWriter {

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;

    /** The size of {@code struct statfs} at most, and offsets in it. */
    private static final int STATFS = 128;

    private static final int F_BSIZE = 8;
    private static final int F_BAVAIL = 32;
    private static final int F_FILES = 40;
    private static final int F_FFREE = 48;

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
    private final FileHash hash = new FileHash(libc, scratch);
    private final ContentCopier copier = new ContentCopier(libc);
    private final AttributeCopier attributes = new AttributeCopier(libc);

    @Override
    public OpenFile openRoot(RawPath canonical) throws SystemCallException {
        return opened(directories.openRoot(canonical));
    }

    @Override
    public RawPath resolveInRoot(RawPath root, RawPath inside) throws SystemCallException {
        return directories.resolveInRoot(root, inside);
    }

    @Override
    public OpenFile openDirectory(OpenFile top, RawPath below) throws SystemCallException {
        return opened(directories.open(top.handle(), below));
    }

    @Override
    public RawPath follow(OpenFile top, RawPath below) throws SystemCallException {
        return directories.follow(top.handle(), below);
    }

    @Override
    public RawPath readLink(OpenFile directory, RawPath name) throws SystemCallException {
        path.writeString(name.toBytes());
        int length = done(
                "readlink", libc.readlinkat(directory.handle(), path.address(), scratch.address(), scratch.capacity()));
        byte[] bytes = new byte[length];
        scratch.read(0, bytes, 0, length);
        return RawPath.of(bytes, 0, length);
    }

    @Override
    public void makeLink(OpenFile directory, RawPath name, RawPath target) throws SystemCallException {
        path.writeString(target.toBytes());
        otherPath.writeString(name.toBytes());
        done("symlink", libc.symlinkat(path.address(), directory.handle(), otherPath.address()));
    }

    @Override
    public OpenFile open(OpenFile directory, RawPath name, boolean writable) throws SystemCallException {
        path.writeString(name.toBytes());
        int access = writable ? OpenFlags.O_RDWR : OpenFlags.O_RDONLY;
        return opened(done("open", libc.openContents(directory.handle(), path.address(), access | GUARDED)));
    }

    @Override
    public OpenFile create(OpenFile directory, RawPath name) throws SystemCallException {
        return create(directory, name, PRIVATE);
    }

    @Override
    public OpenFile createLike(OpenFile directory, RawPath name, FileFacts model) throws SystemCallException {
        boolean isPublic = (model.mode() & READ_BY_OTHERS) == READ_BY_OTHERS;
        return create(directory, name, isPublic ? PRIVATE | (model.mode() & NOT_WRITTEN_BY_OTHERS) : PRIVATE);
    }

    private OpenFile create(OpenFile directory, RawPath name, int mode) throws SystemCallException {
        path.writeString(name.toBytes());
        int flags = OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL | GUARDED;
        return opened(done("create", libc.openat(directory.handle(), path.address(), flags, mode)));
    }

    @Override
    public FileFacts stat(OpenFile file) throws SystemCallException {
        path.writeString(new byte[0]);
        return stat(file.handle(), OpenFlags.AT_EMPTY_PATH);
    }

    @Override
    public FileFacts stat(OpenFile directory, RawPath name) throws SystemCallException {
        path.writeString(name.toBytes());
        return stat(directory.handle(), AT_SYMLINK_NOFOLLOW);
    }

    @Override
    public List<RawPath> list(OpenFile directory) throws IOException {
        try (Stream<Path> names = Files.list(Path.of("/proc/self/fd/" + directory.handle()))) {
            return names.map(JavaPath::nameOf)
                    .map(name -> RawPath.of(name, 0, name.length))
                    .toList();
        }
    }

    /** The buffer gets the {@code struct statfs} of 64-bit systems: statfs(2). */
    @Override
    public FreeRoom freeRoom(OpenFile directory) throws SystemCallException {
        scratch.ensure(STATFS);
        done("fstatfs", libc.fstatfs(directory.handle(), scratch.address()));
        boolean counted = scratch.getLong(F_FILES) > 0;
        return new FreeRoom(
                scratch.getLong(F_BAVAIL) * scratch.getLong(F_BSIZE),
                counted ? scratch.getLong(F_FFREE) : Long.MAX_VALUE);
    }

    @Override
    public byte[] read(OpenFile file, int length) throws SystemCallException {
        scratch.ensure(length);
        int read = done("read", libc.pread(file.handle(), scratch.address(), length, 0));
        byte[] bytes = new byte[read];
        scratch.read(0, bytes, 0, read);
        return bytes;
    }

    @Override
    public int read(OpenFile file, long position, byte[] into, int offset, int length) throws SystemCallException {
        int wanted = (int) Math.min(length, scratch.capacity());
        int read = done("read", libc.pread(file.handle(), scratch.address(), wanted, position));
        scratch.read(0, into, offset, read);
        return read;
    }

    @Override
    public void makeDirectory(OpenFile parent, RawPath name, int mode) throws SystemCallException {
        path.writeString(name.toBytes());
        done("mkdir", libc.mkdirat(parent.handle(), path.address(), mode));
    }

    @Override
    public void setOwner(OpenFile file, int user, int group) throws SystemCallException {
        done("chown", libc.fchown(file.handle(), user, group));
    }

    @Override
    public void setMode(OpenFile file, int mode) throws SystemCallException {
        done("chmod", libc.fchmod(file.handle(), mode));
    }

    @Override
    public void setMtime(OpenFile file, long seconds, int nanos) throws SystemCallException {
        done("utime", attributes.setMtime(file.handle(), seconds, nanos));
    }

    @Override
    public void copyAttributes(OpenFile source, FileFacts facts, OpenFile target, FileFacts own)
            throws SystemCallException {
        attributes.copy(source.handle(), facts, target.handle(), own);
    }

    @Override
    public void keepAttributes(OpenFile source, FileFacts facts, OpenFile target, FileFacts own)
            throws SystemCallException {
        attributes.keep(source.handle(), facts, target.handle(), own);
    }

    @Override
    public void write(OpenFile target, byte[] head, byte[] body) throws SystemCallException {
        copier.write(target.handle(), head, body);
    }

    @Override
    public void writePart(OpenFile target, long position, byte[] bytes) throws SystemCallException {
        copier.writePart(target.handle(), position, bytes);
    }

    @Override
    public void overwrite(OpenFile file, FileFacts facts, byte[] head) throws SystemCallException {
        byte[] capability = attributes.capability(file.handle());
        scratch.write(head, 0, head.length);
        requireAll(head.length, done("write", libc.pwrite(file.handle(), scratch.address(), head.length, 0)));
        if ((facts.mode() & SET_ID) != 0) {
            setMode(file, facts.mode());
        }
        if (capability.length > 0) {
            attributes.setCapability(file.handle(), capability);
        }
    }

    @Override
    public void copy(OpenFile source, OpenFile target, long size, byte[] expected, byte[] head)
            throws SystemCallException {
        copier.copy(source.handle(), target.handle(), size, expected, head);
    }

    @Override
    public boolean share(OpenFile source, OpenFile target) {
        return copier.cloned(source.handle(), target.handle());
    }

    @Override
    public void copyPart(OpenFile source, long from, OpenFile target, long to, long size) throws SystemCallException {
        copier.copyPart(source.handle(), from, target.handle(), to, size);
    }

    @Override
    public void rename(OpenFile directory, RawPath from, RawPath to) throws SystemCallException {
        path.writeString(from.toBytes());
        otherPath.writeString(to.toBytes());
        int file = directory.handle();
        done("rename", libc.renameat(file, path.address(), file, otherPath.address()));
    }

    @Override
    public void link(OpenFile fromDirectory, RawPath from, OpenFile toDirectory, RawPath to)
            throws SystemCallException {
        path.writeString(from.toBytes());
        otherPath.writeString(to.toBytes());
        done("link", libc.linkat(fromDirectory.handle(), path.address(), toDirectory.handle(), otherPath.address()));
    }

    @Override
    public void unlink(OpenFile directory, RawPath name) throws SystemCallException {
        path.writeString(name.toBytes());
        done("unlink", libc.unlinkat(directory.handle(), path.address()));
    }

    @Override
    public void removeDirectory(OpenFile parent, RawPath name) throws SystemCallException {
        path.writeString(name.toBytes());
        done("rmdir", libc.removeDirectoryAt(parent.handle(), path.address()));
    }

    @Override
    public void force(OpenFile file) throws SystemCallException {
        done("fsync", libc.fsync(file.handle()));
    }

    @Override
    public void forceFileSystem(OpenFile file) throws SystemCallException {
        done("syncfs", libc.syncfs(file.handle()));
    }

    @Override
    public Sha256 sha256(byte[] bytes) {
        return hash.digest(bytes);
    }

    @Override
    public Sha256 sha256(OpenFile file, long from, long to) throws IOException {
        return hash.digest(file.handle(), from, to);
    }

    @Override
    public void close() {
        hash.close();
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

    private static OpenFile opened(int descriptor) {
        return new OpenFile(descriptor, Libc::closeFromAnyThread);
    }

    private FileFacts stat(int directory, int flags) throws SystemCallException {
        done("stat", libc.statx(directory, path.address(), flags, StatxBuffer.MASK, statx.address()));
        return statx.facts();
    }
}
