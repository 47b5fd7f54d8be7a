package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import java.util.Optional;

/**
 * Opens files for one thread as a process with another root directory does: absolute links and {@code ..} stay inside. A
 * directory that was moved out of the root meanwhile is refused.
 */
final class RootedPaths implements AutoCloseable {

    private static final int EXDEV = 18;
    private static final int PLACE = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY | OpenFlags.O_CLOEXEC;
    private static final RawPath TOP = RawPath.of(".");

    private final Libc libc;
    private final PathOpener opener;
    private final RawPath root;
    private final int top;

    /** @param root absolute and without links */
    RootedPaths(Libc libc, RawPath root) {
        this.libc = libc;
        this.opener = new PathOpener(libc);
        this.root = root;
        this.top = opener.openat2(OpenFlags.AT_FDCWD, root, PLACE, PathOpener.RESOLVE_NO_SYMLINKS);
    }

    /** Opens a path that begins with the root directory's; a descriptor or a negated errno. */
    int open(RawPath path, int flags) {
        if (top < 0) {
            return top;
        }
        Optional<RawPath> inside = path.equals(root) ? Optional.of(TOP) : path.relativeTo(root);
        return inside.map(below -> opener.openat2(top, below, flags, PathOpener.RESOLVE_IN_ROOT))
                .orElse(-EXDEV);
    }

    /** Opens a name in an open directory, following links; a descriptor or a negated errno. */
    int open(int directory, RawPath name, int flags) {
        RawPath path = opener.pathOf(directory);
        return path.isAbsolute() ? open(path.resolve(name), flags) : -Errno.ENOENT.number();
    }

    @Override
    public void close() {
        if (top >= 0) {
            libc.close(top);
        }
        opener.close();
    }
}
