package dev.freshpyc.cli.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The mtimes of the sources, to the nanosecond. */
@SuppressWarnings("TimeInStaticInitializer") // NOW is the same for the whole test run
enum SourceTime {
    PAST(1_600_000_000, 0),
    PAST_AND_A_HALF(1_600_000_000, 500_000_000),
    /**
     * The last nanosecond that a double does not round up to the next second. {@link #PAST_ROUNDED} is the first that a
     * double rounds up.
     */
    PAST_KEPT(1_600_000_000, 999_999_880),
    PAST_ROUNDED(1_600_000_000, 999_999_881),
    PAST_LAST_NANO(1_600_000_000, 999_999_999),
    /** Small enough that a double holds every nanosecond. */
    MILLION_LAST_NANO(1_000_000, 999_999_999),

    ZERO(0, 0),
    FIRST_NANO(0, 1),
    BELOW_ONE(0, 999_999_999),
    ONE(1, 0),

    MINUS_A_NANO(-1, 999_999_999),
    MINUS_A_HALF(-1, 500_000_000),
    MINUS_ALMOST_ONE(-1, 1),
    MINUS_ONE(-1, 0),
    MINUS_ONE_AND_A_HALF(-2, 500_000_000),
    MINUS_TWO(-2, 0),
    MOST_NEGATIVE(-(1L << 31), 0),

    BELOW_SIGN_BIT((1L << 31) - 1, 0),
    BELOW_SIGN_BIT_ROUNDED((1L << 31) - 1, 999_999_999),
    SIGN_BIT(1L << 31, 0),
    SIGN_BIT_AND_A_HALF(1L << 31, 500_000_000),
    FUTURE_KEPT(4_000_000_000L, 999_999_761),
    FUTURE_ROUNDED(4_000_000_000L, 999_999_762),
    TOP((1L << 32) - 1, 0),
    TOP_ROUNDED((1L << 32) - 1, 999_999_999),

    WRAPPED(1L << 32, 0),
    WRAPPED_FIVE((1L << 32) + 5, 0),
    WRAPPED_SIGN_BIT((1L << 32) + (1L << 31), 0),
    WRAPPED_TWICE((1L << 33) + 7, 0),

    /** A time that is racy for freshpyc; interpreters ignore raciness. */
    NOW(Instant.now().getEpochSecond(), 0);

    private final Instant instant;

    SourceTime(long seconds, int nanos) {
        instant = Instant.ofEpochSecond(seconds, nanos);
    }

    /** The seconds, rounded down, as the 32 bits of a header. */
    int word() {
        return (int) instant.getEpochSecond();
    }

    /** Nanoseconds since the epoch. */
    long nanos() {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    boolean isMtimeOf(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().equals(instant);
    }
}
