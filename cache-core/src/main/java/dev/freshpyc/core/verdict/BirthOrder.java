package dev.freshpyc.core.verdict;

import dev.freshpyc.core.file.FileStamp;

/**
 * Whether the file system proves that bytecode was written after its source last changed. A header that matches says only that
 * the source has the mtime and size of some source that was compiled once. It is a proof where all of this holds:
 *
 * <ol>
 *   <li>The file system records when an inode was born. Without that, nothing below can be known.
 *   <li>The pyc's inode was born after the source's inode last changed ({@code ctime}, which no program can set). A source that
 *       was replaced or edited later has a later ctime, whatever mtime a package or an archive gives it.
 *   <li>The pyc was written when it was born, or later: its mtime is not before its birth. What is copied, unpacked or checked out
 *       with the mtime that it had elsewhere was born after that mtime.
 *   <li>Neither file is so young that a later change could leave its times equal ({@link RacyWindow}).
 *   <li>The two files are found beside each other, and by their own names: neither the source, the pyc nor the {@code __pycache__} is
 *       reached through a symbolic link of its own, and no cache prefix leads to the pyc. A link may have led to another source when
 *       the pyc was written, and another tree may have had the path that a prefix repeats. A link to a directory that holds both
 *       leads to both.
 *   <li>The code does not name another source ({@code co_filename}), as in a {@code __pycache__} that was moved or copied from another
 *       directory: the name is the end of the source's path, or no path.
 * </ol>
 *
 * <p>This class has the order of times. {@code Sighting.isBornAfterSource} adds the fifth clause. The sixth needs the body, and is
 * checked before a proof is recorded.
 *
 * <p>An interpreter, compileall, pip and py3compile leave such files where they compile. Bytecode that came in a package, an
 * archive, an image's layer or a checkout has no such proof: it is unproven until it is compiled and compared, or until a
 * package's manifest vouches for both files.
 *
 * <p>Not excluded: a source that is replaced by one of equal size and mtime while an interpreter compiles it, which no time can show;
 * and bytecode that was moved from a source of equal name, size and mtime, if its code has a relative path that ends both paths.
 */
public final class BirthOrder {

    private BirthOrder() {}

    /**
     * Whether bytecode with this birth and mtime was written after its source last changed.
     *
     * @param birthSeconds of the pyc's inode, in seconds since 1970, with {@code birthNanos} nanoseconds
     * @param mtimeSeconds of the pyc, in seconds since 1970, with {@code mtimeNanos} nanoseconds
     */
    public static boolean proves(
            FileStamp source, long birthSeconds, int birthNanos, long mtimeSeconds, int mtimeNanos) {
        return isBefore(source.ctimeSeconds(), source.ctimeNanos(), birthSeconds, birthNanos)
                && !isBefore(mtimeSeconds, mtimeNanos, birthSeconds, birthNanos);
    }

    private static boolean isBefore(long seconds, int nanos, long thanSeconds, int thanNanos) {
        return seconds < thanSeconds || (seconds == thanSeconds && nanos < thanNanos);
    }
}
