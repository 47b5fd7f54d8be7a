package dev.freshpyc.cli.render;

import java.time.Clock;

/** The age of an answer. */
final class Age {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Age() {}

    /** Whole seconds since a moment in nanoseconds since 1970; negative when that lies ahead. */
    static long seconds(long nanos, Clock clock) {
        return Math.floorDiv(clock.millis() * 1_000_000 - nanos, NANOS_PER_SECOND);
    }

    /** The age in the largest fitting unit. */
    static String text(long nanos, Clock clock) {
        long seconds = seconds(nanos, clock);
        if (seconds < 0) {
            return "in the future by this clock";
        }
        if (seconds < 2 * MINUTE) {
            return Words.count(seconds, "second") + " ago";
        }
        if (seconds < 2 * HOUR) {
            return Words.count(seconds / MINUTE, "minute") + " ago";
        }
        return seconds < 2 * DAY
                ? Words.count(seconds / HOUR, "hour") + " ago"
                : Words.number(seconds / DAY) + " days ago";
    }
}
