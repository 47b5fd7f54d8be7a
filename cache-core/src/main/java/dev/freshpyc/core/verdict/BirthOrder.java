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
 * </ol>
 *
 * <p>An interpreter, compileall, pip and py3compile leave such files where they compile. Bytecode that came in a package, an
 * archive, an image's layer or a checkout has no such proof: it is unproven until it is compiled and compared, or until a
 * package's manifest vouches for both files.
 *
 * <p>Not excluded, since no time can show it: a source that is replaced by one of equal size and mtime while an interpreter
 * compiles it.
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
