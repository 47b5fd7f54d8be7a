package dev.freshpyc.core.verdict;

import dev.freshpyc.core.file.FileStamp;
import java.time.Duration;

/**
 * How close to the observation a source's mtime is too close to be trusted.
 *
 * <p>The race: (1) the source is written and its mtime becomes T; (2) it is compiled, and T goes into the header; (3) it is
 * observed; (4) within the same tick of the file system's clock it is written again with the same size, and its mtime is T
 * once more. Header and source still agree, and the bytecode is the old source's. No time compared later can tell, so
 * agreement seen this soon is not taken for proof. An mtime in the far future is no such case: an edit would move it back.
 *
 * @param width at least the granularity of the file system's times; FAT's is 2 s
 */
public record RacyWindow(Duration width) {

    /** Two seconds, the coarsest granularity in use. */
    public static final RacyWindow DEFAULT = new RacyWindow(Duration.ofSeconds(2));

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Whether the source could be edited once more after {@code takenAtNanos} (since 1970) without its mtime showing it. */
    public boolean covers(FileStamp source, long takenAtNanos) {
        return covers(source.mtimeSeconds(), source.mtimeNanos(), takenAtNanos);
    }

    /** Whether a file could change once more without its stamp showing it: its mtime or its ctime is too recent. */
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
