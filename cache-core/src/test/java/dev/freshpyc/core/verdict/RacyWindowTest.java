package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.verdict.Seen.GOOD;
import static dev.freshpyc.core.verdict.Seen.LATER;
import static dev.freshpyc.core.verdict.Seen.MTIME;
import static dev.freshpyc.core.verdict.Seen.NANOS;
import static dev.freshpyc.core.verdict.Seen.SIZE;
import static dev.freshpyc.core.verdict.Seen.SOURCE;
import static dev.freshpyc.core.verdict.Seen.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.BodyState;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Placement;
import dev.freshpyc.core.observe.PycState;
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
    private static final RacyWindow NONE = new RacyWindow(Duration.ZERO);

    /** How long after the source's mtime it is observed, in nanoseconds; negative when that lies in the future. */
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
    void theEdgesOfTwoSeconds(long apart, boolean covered) {
        assertThat(RacyWindow.DEFAULT.covers(stamp(MTIME, 0), MTIME * NANOS + apart))
                .isEqualTo(covered);
        assertThat(RacyWindow.DEFAULT.covers(stamp(MTIME, 700_000_000), MTIME * NANOS + 700_000_000 + apart))
                .isEqualTo(covered);
        assertThat(RacyWindow.DEFAULT.covers(stamp(-5, 700_000_000), -5 * NANOS + 700_000_000 + apart))
                .isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 999_999_999, 3_600_000_000_000L})
    void aWindowOfNoWidthCoversNothing(long apart) {
        assertThat(NONE.covers(stamp(MTIME, 0), MTIME * NANOS + apart)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -(1L << 40), 0, 1L << 32, 1L << 40, Long.MAX_VALUE})
    void timesFarAwayDoNotOverflow(long seconds) {
        assertThat(RacyWindow.DEFAULT.covers(stamp(seconds, 999_999_999), LATER))
                .isFalse();
        assertThat(new RacyWindow(Duration.ofDays(1)).covers(stamp(seconds, 0), LATER))
                .isFalse();
    }

    /** A change of the inode alone, as {@code chmod} or {@code touch -d} makes, moves the ctime only. */
    @Test
    void theInodesTimeCountsForARecord() {
        FileStamp touched = new FileStamp(MTIME, 0, MTIME + 100, 500_000_000, SIZE, 1, 1);
        long changed = (MTIME + 100) * NANOS + 500_000_000;

        assertThat(RacyWindow.DEFAULT.covers(touched, changed)).isFalse();
        assertThat(RacyWindow.DEFAULT.coversAny(touched, changed + 1_999_999_999))
                .isTrue();
        assertThat(RacyWindow.DEFAULT.coversAny(touched, changed + 2_000_000_000))
                .isFalse();
        assertThat(RacyWindow.DEFAULT.coversAny(touched, MTIME * NANOS + 1)).isTrue();
        assertThat(RacyWindow.DEFAULT.coversAny(touched, changed - 50 * NANOS)).isFalse();
    }

    /** 2^55 seconds are a multiple of 2^64 nanoseconds, which a long takes for none. */
    @ParameterizedTest
    @ValueSource(longs = {1L << 55, -(1L << 55), 1L << 56})
    void timesThatOverflowToNothing(long apartSeconds) {
        assertThat(RacyWindow.DEFAULT.covers(stamp(MTIME + apartSeconds, 0), MTIME * NANOS))
                .isFalse();
    }

    @Property
    void asWithNumbersOfAnySize(
            @ForAll @LongRange(min = -1L << 33, max = 1L << 33) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos,
            @ForAll @LongRange(min = -10_000_000_000L, max = 10_000_000_000L) long apart,
            @ForAll @LongRange(max = 10_000_000_000L) long width) {
        BigInteger mtime =
                BigInteger.valueOf(seconds).multiply(BigInteger.valueOf(NANOS)).add(BigInteger.valueOf(nanos));
        long taken = mtime.add(BigInteger.valueOf(apart)).longValueExact();

        assertThat(new RacyWindow(Duration.ofNanos(width)).covers(stamp(seconds, nanos), taken))
                .isEqualTo(Math.abs(apart) < width);
    }

    @Test
    void agreementThatIsTooYoungLoadsWithoutEvidence() {
        assertThat(judged(RacyWindow.DEFAULT, MTIME * NANOS + 1, GOOD)).isEqualTo("fresh loads racy -");
        assertThat(judged(RacyWindow.DEFAULT, LATER, GOOD)).isEqualTo("fresh loads match header");
        assertThat(judged(NONE, MTIME * NANOS, GOOD)).isEqualTo("fresh loads match header");
    }

    @Test
    void disagreementIsNeverTooYoung() {
        PycState stale = Seen.timestamp(0, (int) MTIME + 1, (int) SIZE);
        PycState longer = Seen.timestamp(0, (int) MTIME, (int) SIZE + 1);

        assertThat(judged(RacyWindow.DEFAULT, MTIME * NANOS, stale)).isEqualTo("stale recompiles mtime header");
        assertThat(judged(RacyWindow.DEFAULT, MTIME * NANOS, longer)).isEqualTo("stale recompiles size header");
        assertThat(judged(RacyWindow.DEFAULT, MTIME * NANOS, with(GOOD, BodyState.EMPTY)))
                .isEqualTo("fatal fails empty-body -");
    }

    private static String judged(RacyWindow window, long takenAtNanos, PycState pyc) {
        Classifier classifier = new Classifier(HashChecks.DEFAULT, window, new LegacyReader(Optional.empty()));
        return Seen.words(classifier.classify(
                new Observation(takenAtNanos, Placement.CACHE, CacheTag.of("cpython-311"), SOURCE, pyc)));
    }

    private static FileStamp stamp(long seconds, int nanos) {
        return new FileStamp(seconds, nanos, 0, 0, SIZE, 1, 1);
    }
}
