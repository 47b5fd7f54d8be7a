package dev.freshpyc.core.packaging;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.SourceMtime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Times of DOS, which zip archives keep: a local date from 1980 to 2107 and a time of day in steps of two seconds. What does not
 * fit becomes the first or the last of these times; an odd second becomes the even one before it, as Python's zipfile rounds.
 */
final class DosTime {

    private static final LocalDateTime FIRST = LocalDateTime.of(1980, 1, 1, 0, 0, 0);
    private static final LocalDateTime LAST = LocalDateTime.of(2107, 12, 31, 23, 59, 58);

    /** A time in the year 2242, later than {@link #LAST} in every time zone. */
    private static final long AFTER_LAST = 1L << 33;

    private DosTime() {}

    /** The mtime of a file that was packed and unpacked in one time zone, in seconds since 1970. */
    static long of(FileStamp source, ZoneRules zone) {
        return restored(stored(SourceMtime.truncated(source.mtimeSeconds(), source.mtimeNanos()), zone), zone);
    }

    private static LocalDateTime stored(SourceMtime mtime, ZoneRules zone) {
        long seconds = Math.clamp(mtime.seconds(), 0L, AFTER_LAST);
        ZoneOffset offset = zone.getOffset(Instant.ofEpochSecond(seconds));
        LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, 0, offset);
        LocalDateTime fitting = local.isBefore(FIRST) ? FIRST : local.isAfter(LAST) ? LAST : local;
        return fitting.withSecond(fitting.getSecond() / 2 * 2);
    }

    /** Where clocks are set back, a local time occurs twice: unzip takes the later one, which is standard time. */
    private static long restored(LocalDateTime local, ZoneRules zone) {
        List<ZoneOffset> offsets = zone.getValidOffsets(local);
        return local.toEpochSecond(offsets.isEmpty() ? zone.getOffset(local) : offsets.getLast());
    }
}
