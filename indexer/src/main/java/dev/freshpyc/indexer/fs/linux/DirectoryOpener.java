package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.nio.charset.StandardCharsets;

/**
 * Opens directories for one thread, and refuses paths that contain a symbolic link. A path is opened by one call of {@code
 * openat2(2)}, or name by name where that call is unavailable (Linux before 5.6, some containers).
 */
final class DirectoryOpener implements AutoCloseable {

    private static final int RESOLVE_NO_SYMLINKS = 0x04;
    private static final int RESOLVE_BENEATH = 0x08;
    private static final int RESOLVE_IN_ROOT = 0x10;
    private static final int ENOSYS = 38;

    private static final int DIRECTORY =
            OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW | OpenFlags.O_CLOEXEC;
    private static final int PLACE = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY | OpenFlags.O_CLOEXEC;

    /** {@code struct open_how}: flags, mode and resolve, eight bytes each. */
    private static final int OPEN_HOW = 24;

    private static final RawPath HERE = RawPath.of(".");
    private static final RawPath TOP = RawPath.of("/");

    private final Libc libc;
    private final NativeBuffer path = new NativeBuffer(4096);
    private final NativeBuffer scratch = new NativeBuffer(4096);

    DirectoryOpener(Libc libc) {
        this.libc = libc;
    }

    /** See {@link dev.freshpyc.indexer.fs.TreeWriter#openRoot}. */
    int openRoot(RawPath canonical) throws SystemCallException {
        int opened = openat2(OpenFlags.AT_FDCWD, canonical, DIRECTORY, RESOLVE_NO_SYMLINKS);
        return isUnavailable(opened)
                ? openNameByName(OpenFlags.AT_FDCWD, TOP, canonical)
                : LinuxTreeWriter.done("open", opened);
    }

    /** See {@link dev.freshpyc.indexer.fs.TreeWriter#openDirectory}. */
    int open(int top, RawPath below) throws SystemCallException {
        RawPath relative = below.length() == 0 ? HERE : below;
        int opened = openat2(top, relative, DIRECTORY, RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH);
        return isUnavailable(opened) || opened == -Errno.ENAMETOOLONG.number()
                ? openNameByName(top, relative)
                : LinuxTreeWriter.done("open", opened);
    }

    /** See {@link dev.freshpyc.indexer.fs.TreeWriter#resolveInRoot}. */
    RawPath resolveInRoot(RawPath root, RawPath inside) throws SystemCallException {
        int top = LinuxTreeWriter.done("open", openat(OpenFlags.AT_FDCWD, root, PLACE));
        try {
            int found = LinuxTreeWriter.done("openat2", openat2(top, inside, PLACE, RESOLVE_IN_ROOT));
            try {
                return pathOf(found);
            } finally {
                libc.close(found);
            }
        } finally {
            libc.close(top);
        }
    }

    /** Opens a path name by name; also used for paths that are too long for one call. */
    int openNameByName(int top, RawPath relative) throws SystemCallException {
        return openNameByName(top, HERE, relative);
    }

    private int openNameByName(int top, RawPath first, RawPath rest) throws SystemCallException {
        int at = LinuxTreeWriter.done("open", openat(top, first, DIRECTORY));
        for (RawPath name : rest.names()) {
            int parent = at;
            at = openat(parent, name, DIRECTORY);
            libc.close(parent);
            LinuxTreeWriter.done("open", at);
        }
        return at;
    }

    private int openat(int directory, RawPath name, int flags) {
        path.writeString(name.toBytes());
        return libc.openat(directory, path.address(), flags);
    }

    private int openat2(int directory, RawPath name, int flags, int resolve) {
        path.writeString(name.toBytes());
        scratch.putLong(0, flags);
        scratch.putLong(Long.BYTES, 0);
        scratch.putLong(2 * Long.BYTES, resolve);
        return libc.openat2(directory, path.address(), scratch.address(), OPEN_HOW);
    }

    /** System-call filters that do not know {@code openat2} refuse it with {@code EPERM}. */
    private static boolean isUnavailable(int opened) {
        return opened == -ENOSYS || opened == -Errno.EPERM.number();
    }

    private RawPath pathOf(int file) throws SystemCallException {
        path.writeString(("/proc/self/fd/" + file).getBytes(StandardCharsets.US_ASCII));
        int length =
                LinuxTreeWriter.done("readlink", libc.readlink(path.address(), scratch.address(), scratch.capacity()));
        byte[] bytes = new byte[length];
        scratch.read(0, bytes, 0, length);
        return RawPath.of(bytes, 0, length);
    }

    @Override
    public void close() {
        scratch.close();
        path.close();
    }
}
