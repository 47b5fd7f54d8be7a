package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.verdict.ObservationSamples.GOOD;
import static dev.freshpyc.core.verdict.ObservationSamples.LATER;
import static dev.freshpyc.core.verdict.ObservationSamples.MTIME;
import static dev.freshpyc.core.verdict.ObservationSamples.NANOS;
import static dev.freshpyc.core.verdict.ObservationSamples.SIZE;
import static dev.freshpyc.core.verdict.ObservationSamples.SOURCE;
import static dev.freshpyc.core.verdict.ObservationSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.pyc.CacheTag;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RacyWindowTest {
    private static final RacyWindow EMPTY_WINDOW = new RacyWindow(Duration.ZERO);

    /** {@code nanosApart} is the time from the source's mtime to the observation; negative if the mtime is in the future. */
    @ParameterizedTest
    @CsvSource({
        "0, true",
        "1, true",
        "1999999999, true",
        "2000000000, false",
        "2000000001, false",
        "3000000000, false",
        "-1, true",
        "-1999999999, true",
        "-2000000000, false",
        "-3600000000000, false",
        "3600000000000, false"
    })
    void theDefaultWindowCoversLessThanTwoSecondsOnBothSides(long nanosApart, boolean covered) {
        assertThat(RacyWindow.DEFAULT.covers(stamp(MTIME, 0), MTIME * NANOS + nanosApart))
                .isEqualTo(covered);
        assertThat(RacyWindow.DEFAULT.covers(stamp(MTIME, 700_000_000), MTIME * NANOS + 700_000_000 + nanosApart))
                .isEqualTo(covered);
        assertThat(RacyWindow.DEFAULT.covers(stamp(-5, 700_000_000), -5 * NANOS + 700_000_000 + nanosApart))
                .isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 999_999_999, 3_600_000_000_000L})
    void anEmptyWindowCoversNothing(long nanosApart) {
        assertThat(EMPTY_WINDOW.covers(stamp(MTIME, 0), MTIME * NANOS + nanosApart))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -(1L << 40), 0, 1L << 32, 1L << 40, Long.MAX_VALUE})
    void aDistantTimeDoesNotOverflow(long seconds) {
        assertThat(RacyWindow.DEFAULT.covers(stamp(seconds, 999_999_999), LATER))
                .isFalse();
        assertThat(new RacyWindow(Duration.ofDays(1)).covers(stamp(seconds, 0), LATER))
                .isFalse();
    }

    /** {@code chmod} changes the ctime and not the mtime. A verdict depends on the mtime alone, a record on both. */
    @Test
    void theCtimeCountsOnlyForRecords() {
        FileStamp chmodded = new FileStamp(MTIME, 0, MTIME + 100, 500_000_000, SIZE, 1, 1);
        long ctime = (MTIME + 100) * NANOS + 500_000_000;

        assertThat(RacyWindow.DEFAULT.covers(chmodded, ctime)).isFalse();
        assertThat(RacyWindow.DEFAULT.coversAny(chmodded, ctime + 1_999_999_999))
                .isTrue();
        assertThat(RacyWindow.DEFAULT.coversAny(chmodded, ctime + 2_000_000_000))
                .isFalse();
        assertThat(RacyWindow.DEFAULT.coversAny(chmodded, MTIME * NANOS + 1)).isTrue();
        assertThat(RacyWindow.DEFAULT.coversAny(chmodded, ctime - 50 * NANOS)).isFalse();
    }

    /** 2^55 seconds are a multiple of 2^64 nanoseconds: computed in a {@code long}, the distance would be zero. */
    @ParameterizedTest
    @ValueSource(longs = {1L << 55, -(1L << 55), 1L << 56})
    void aDistanceThatOverflowsToZeroIsNotCovered(long apartSeconds) {
        assertThat(RacyWindow.DEFAULT.covers(stamp(MTIME + apartSeconds, 0), MTIME * NANOS))
                .isFalse();
    }

    @Property
    void theWindowAgreesWithArithmeticOnBigIntegers(
            @ForAll @LongRange(min = -1L << 33, max = 1L << 33) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos,
            @ForAll @LongRange(min = -10_000_000_000L, max = 10_000_000_000L) long nanosApart,
            @ForAll @LongRange(max = 10_000_000_000L) long width) {
        BigInteger mtime =
                BigInteger.valueOf(seconds).multiply(BigInteger.valueOf(NANOS)).add(BigInteger.valueOf(nanos));
        long taken = mtime.add(BigInteger.valueOf(nanosApart)).longValueExact();

        assertThat(new RacyWindow(Duration.ofNanos(width)).covers(stamp(seconds, nanos), taken))
                .isEqualTo(Math.abs(nanosApart) < width);
    }

    @Test
    void aMatchWithinTheWindowIsRacyAndHasNoEvidence() {
        assertThat(verdictOf(RacyWindow.DEFAULT, MTIME * NANOS + 1, GOOD)).isEqualTo("fresh loads racy -");
        assertThat(verdictOf(RacyWindow.DEFAULT, LATER, GOOD)).isEqualTo("fresh loads match header");
        assertThat(verdictOf(EMPTY_WINDOW, MTIME * NANOS, GOOD)).isEqualTo("fresh loads match header");
    }

    @Test
    void aMismatchWithinTheWindowIsDecided() {
        PycState stale = ObservationSamples.timestamp(0, (int) MTIME + 1, (int) SIZE);
        PycState longer = ObservationSamples.timestamp(0, (int) MTIME, (int) SIZE + 1);

        assertThat(verdictOf(RacyWindow.DEFAULT, MTIME * NANOS, stale)).isEqualTo("stale recompiles mtime header");
        assertThat(verdictOf(RacyWindow.DEFAULT, MTIME * NANOS, longer)).isEqualTo("stale recompiles size header");
        assertThat(verdictOf(RacyWindow.DEFAULT, MTIME * NANOS, with(GOOD, BodyState.EMPTY)))
                .isEqualTo("fatal fails empty-body -");
    }

    private static String verdictOf(RacyWindow window, long takenAtNanos, PycState pyc) {
        Classifier classifier = new Classifier(HashChecks.DEFAULT, window, new LegacyReader(Optional.empty()));
        return ObservationSamples.describe(classifier.classify(
                new Observation(takenAtNanos, Placement.CACHE, CacheTag.of("cpython-311"), SOURCE, pyc)));
    }

    private static FileStamp stamp(long seconds, int nanos) {
        return new FileStamp(seconds, nanos, 0, 0, SIZE, 1, 1);
    }
}
