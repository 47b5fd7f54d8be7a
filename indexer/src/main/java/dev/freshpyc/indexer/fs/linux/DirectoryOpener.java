package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;

/**
 * Opens directories for one thread, and refuses paths that contain a symbolic link. A path is opened by one call of {@code
 * openat2(2)}, or name by name where that call is unavailable (Linux before 5.6, some containers).
 */
final class DirectoryOpener implements AutoCloseable {

    private static final int ENOSYS = 38;

    private static final int DIRECTORY =
            OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW | OpenFlags.O_CLOEXEC;
    private static final int PLACE = OpenFlags.O_PATH | OpenFlags.O_CLOEXEC;

    private static final RawPath HERE = RawPath.of(".");
    private static final RawPath TOP = RawPath.of("/");

    private final Libc libc;
    private final PathOpener opener;

    DirectoryOpener(Libc libc) {
        this.libc = libc;
        this.opener = new PathOpener(libc);
    }

    /** See {@link dev.freshpyc.indexer.fs.TreeWriter#openRoot}. */
    int openRoot(RawPath canonical) throws SystemCallException {
        int opened = opener.openat2(OpenFlags.AT_FDCWD, canonical, DIRECTORY, PathOpener.RESOLVE_NO_SYMLINKS);
        return isUnavailable(opened)
                ? openNameByName(OpenFlags.AT_FDCWD, TOP, canonical)
                : LinuxTreeWriter.done("open", opened);
    }

    /** See {@link dev.freshpyc.indexer.fs.TreeWriter#openDirectory}. */
    int open(int top, RawPath below) throws SystemCallException {
        RawPath relative = below.length() == 0 ? HERE : below;
        int opened =
                opener.openat2(top, relative, DIRECTORY, PathOpener.RESOLVE_NO_SYMLINKS | PathOpener.RESOLVE_BENEATH);
        return isUnavailable(opened) || opened == -Errno.ENAMETOOLONG.number()
                ? openNameByName(top, relative)
                : LinuxTreeWriter.done("open", opened);
    }

    /** See {@link dev.freshpyc.indexer.fs.TreeWriter#follow}. Opens nothing but a place, which has no side effects. */
    RawPath follow(int top, RawPath below) throws SystemCallException {
        RawPath relative = below.length() == 0 ? HERE : below;
        int found = LinuxTreeWriter.done("open", opener.openat(top, relative, PLACE));
        try {
            return opener.pathOf(found);
        } finally {
            libc.close(found);
        }
    }

    /** See {@link dev.freshpyc.indexer.fs.TreeWriter#resolveInRoot}. */
    RawPath resolveInRoot(RawPath root, RawPath inside) throws SystemCallException {
        int top = LinuxTreeWriter.done("open", opener.openat(OpenFlags.AT_FDCWD, root, PLACE));
        try {
            int found = LinuxTreeWriter.done("openat2", opener.openat2(top, inside, PLACE, PathOpener.RESOLVE_IN_ROOT));
            try {
                return opener.pathOf(found);
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
        int at = LinuxTreeWriter.done("open", opener.openat(top, first, DIRECTORY));
        for (RawPath name : rest.names()) {
            int parent = at;
            at = opener.openat(parent, name, DIRECTORY);
            libc.close(parent);
            LinuxTreeWriter.done("open", at);
        }
        return at;
    }

    /** System-call filters that do not know {@code openat2} refuse it with {@code EPERM}. */
    private static boolean isUnavailable(int opened) {
        return opened == -ENOSYS || opened == -Errno.EPERM.number();
    }

    @Override
    public void close() {
        opener.close();
    }
}
