package dev.freshpyc.core.verdict;

import dev.freshpyc.core.file.FileStamp;
import java.time.Duration;

/**
 * The time before an observation in which a source's mtime is too recent to be trusted.
 *
 * <p>The race: (1) the source is written and its mtime becomes T; (2) the source is compiled, and T goes into the header;
 * (3) the pair is observed; (4) within the same tick of the file system's clock the source is written again with equal
 * size, and its mtime is T again. Header and source still agree, but the bytecode belongs to the old source. No later
 * comparison of times can detect this, so a match seen this early is no proof. An mtime in the far future is not
 * affected: an edit would move the mtime back.
 *
 * @param width at least the granularity of the file system's times; 2 s for FAT
 */
public record RacyWindow(Duration width) {

    /** Two seconds, the coarsest granularity in use. */
    public static final RacyWindow DEFAULT = new RacyWindow(Duration.ofSeconds(2));

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Whether a later edit of the source could leave its mtime unchanged; {@code takenAtNanos} counts from 1970. */
    public boolean covers(FileStamp source, long takenAtNanos) {
        return covers(source.mtimeSeconds(), source.mtimeNanos(), takenAtNanos);
    }

    /** Whether a later change of the file could leave its stamp unchanged: its mtime or its ctime is too recent. */
    public boolean coversAny(FileStamp file, long takenAtNanos) {
        return covers(file, takenAtNanos) || covers(file.ctimeSeconds(), file.ctimeNanos(), takenAtNanos);
    }

    private boolean covers(long seconds, int nanos, long takenAtNanos) {
        long apartSeconds = Math.floorDiv(takenAtNanos, NANOS_PER_SECOND) - seconds;
        if (Math.abs(apartSeconds) > width.toSeconds() + 1) {
            return false;
        }
        long apart = apartSeconds * NANOS_PER_SECOND + Math.floorMod(takenAtNanos, NANOS_PER_SECOND) - nanos;
        return Math.abs(apart) < width.toNanos();
    }
}
