package dev.freshpyc.core.verdict;

import dev.freshpyc.core.file.FileStamp;

/**
 * Tells whether the file system proves that bytecode was written after its source last changed. A matching header alone
 * says only that the source has the mtime and size of some source that was compiled once. A matching header is a proof
 * if all of these conditions hold:
 *
 * <ol>
 *   <li>The file system records when an inode was born. Without births, the other conditions cannot be checked.
 *   <li>The pyc's inode was born after the source's inode last changed ({@code ctime}, which no program can set). A source that
 *       was replaced or edited later has a later ctime, whatever mtime a package or an archive gives it.
 *   <li>The pyc was written when it was born, or later: its mtime is not before its birth. A file that was copied,
 *       unpacked or checked out with an earlier mtime was born after that mtime.
 *   <li>Neither file is so young that a later change could leave its times equal ({@link RacyWindow}).
 *   <li>Neither the source, the pyc nor the {@code __pycache__} is itself a symbolic link, and the pyc is not below a
 *       cache prefix. A link may have led to another source when the pyc was written, and another tree may have had the
 *       path that the prefix repeats. A link to a directory that holds both files does no harm.
 *   <li>The code names no other source ({@code co_filename}): its name is the end of the source's path, or no path. A
 *       {@code __pycache__} that was moved or copied from another directory names the source there.
 * </ol>
 *
 * <p>This class checks the first four conditions. {@code Sighting.isBornAfterSource} adds the fifth. The sixth
 * condition needs the body, and is checked before a proof is recorded.
 *
 * <p>An interpreter, compileall, pip and py3compile leave such files where they compile. Bytecode that came in a package, an
 * archive, an image's layer or a checkout has no such proof: it is unproven until it is compiled and compared, or until a
 * package's manifest vouches for both files.
 *
 * <p>Two cases are not detected. A source can be replaced by another of equal size and mtime while an interpreter
 * compiles it; no time shows the replacement. And bytecode can be moved from a source of equal name, size and mtime, if
 * the relative path in its code is the end of both paths.
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
