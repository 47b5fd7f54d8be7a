package dev.freshpyc.core.metadata;

import dev.freshpyc.core.file.FileStamp;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a state of a path entry.
 *
 * @param directory whether the entry is a directory; otherwise it is a file
 * @param inode of the entry, links followed
 * @param size of a file in bytes; 0 for a directory
 * @param mtimeNanos in nanoseconds since 1970
 * @param ctimeNanos in nanoseconds since 1970
 */
public record EntryStamp(boolean directory, long inode, long size, long mtimeNanos, long ctimeNanos) {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The stamp of a directory. */
    public static EntryStamp ofDirectory(FileStamp stamp) {
        return new EntryStamp(
                true,
                stamp.inode(),
                0,
                stamp.mtimeSeconds() * NANOS_PER_SECOND + stamp.mtimeNanos(),
                stamp.ctimeSeconds() * NANOS_PER_SECOND + stamp.ctimeNanos());
    }

    /** Written out, because the JVM generates the method of a record anew at each start, which takes milliseconds. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EntryStamp that
                && directory == that.directory
                && inode == that.inode
                && size == that.size
                && mtimeNanos == that.mtimeNanos
                && ctimeNanos == that.ctimeNanos;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(inode ^ size ^ mtimeNanos ^ ctimeNanos);
    }

    /** The same times, for a comparison with the time of an observation. */
    public FileStamp toFileStamp() {
        return new FileStamp(
                Math.floorDiv(mtimeNanos, NANOS_PER_SECOND),
                (int) Math.floorMod(mtimeNanos, NANOS_PER_SECOND),
                Math.floorDiv(ctimeNanos, NANOS_PER_SECOND),
                (int) Math.floorMod(ctimeNanos, NANOS_PER_SECOND),
                size,
                inode,
                0);
    }
}
