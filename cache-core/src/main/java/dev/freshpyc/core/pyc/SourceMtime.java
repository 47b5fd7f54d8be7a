package dev.freshpyc.core.pyc;

/**
 * A source's modification time as an interpreter compares it with a header: whole seconds, rounded as CPython rounds.
 *
 * <p>CPython makes a double of {@code stat}'s seconds and nanoseconds and truncates it toward zero. A double near 1.6e9
 * cannot hold nanoseconds, so the last 119 of a second round up to the next one; and −0.5 s truncates to 0, not −1.
 *
 * @param seconds seconds since 1970, not yet cut to 32 bits
 */
public record SourceMtime(long seconds) {

    /** What {@code int(os.stat(source).st_mtime)} yields ({@code fill_time} in CPython's {@code posixmodule.c}). */
    public static SourceMtime truncated(long seconds, int nanoseconds) {
        return new SourceMtime((long) ((double) seconds + 1e-9 * nanoseconds));
    }

    /** Whether a header's 32-bit field holds this time's low 32 bits, as CPython 3.7 and later compare. */
    public boolean matchesLow32(int header) {
        return (int) seconds == header;
    }

    /** Whether a header's field, unsigned, is this whole time, as CPython 3.3 to 3.6 compare. */
    public boolean matchesWhole(int header) {
        return seconds == Integer.toUnsignedLong(header);
    }

    /** Whether a header's field, signed and not negative, is this time's low 32 bits, as Python 2.7 compares. */
    public boolean matchesNonNegative(int header) {
        return header >= 0 && (int) seconds == header;
    }
}
