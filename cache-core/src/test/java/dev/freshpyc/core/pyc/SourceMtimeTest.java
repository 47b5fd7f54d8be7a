package dev.freshpyc.core.pyc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SourceMtimeTest {
    static List<InterpreterVectors.MtimeVector> vectors() {
        return InterpreterVectors.mtimes();
    }

    @Test
    void allVectorsAreRead() {
        assertThat(vectors()).hasSize(315);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aTruncatedMtimeMatchesTheInterpreter(InterpreterVectors.MtimeVector vector) {
        SourceMtime mtime = SourceMtime.truncated(vector.seconds(), vector.nanoseconds());

        assertThat(mtime.matchesLow32((int) vector.header())).isTrue();
        assertThat(mtime.matchesLow32((int) vector.header() + 1)).isFalse();
        assertThat(mtime.matchesLow32((int) vector.header() - 1)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 500000000, 0",
        "-1, 999999999, 0",
        "-1, 0, -1",
        "-2, 500000000, -1",
        "1600000000, 999999880, 1600000000",
        "1600000000, 999999881, 1600000001",
        "4294967295, 999999999, 4294967296"
    })
    void fractionsAreTruncatedTowardZeroAfterRoundingToADouble(long seconds, int nanoseconds, long truncated) {
        assertThat(SourceMtime.truncated(seconds, nanoseconds)).isEqualTo(new SourceMtime(truncated));
    }

    /** The last two columns say whether CPython 3.6 and 2.7 loaded a pyc with this mtime in its header. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, true, true",
        "5, 5, true, true",
        "5, 6, false, false",
        "-1, 4294967295, false, false",
        "2147483647, 2147483647, true, true",
        "2147483648, 2147483648, true, false",
        "4294967295, 4294967295, true, false",
        "4294967296, 0, false, true",
        "4294967301, 5, false, true",
        "-2147483648, 2147483648, false, false"
    })
    void python36And27MatchMtimesByOtherRules(long seconds, long header, boolean by36, boolean by27) {
        SourceMtime mtime = new SourceMtime(seconds);

        assertThat(mtime.matchesWhole((int) header)).isEqualTo(by36);
        assertThat(mtime.matchesNonNegative((int) header)).isEqualTo(by27);
    }

    @Property
    void wholeSecondsAreNotChanged(@ForAll @LongRange(min = -(1L << 40), max = 1L << 40) long seconds) {
        assertThat(SourceMtime.truncated(seconds, 0)).isEqualTo(new SourceMtime(seconds));
    }

    @Property
    void truncationAddsAtMostOneSecond(
            @ForAll @LongRange(min = -(1L << 40), max = 1L << 40) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanoseconds) {
        assertThat(SourceMtime.truncated(seconds, nanoseconds).seconds()).isBetween(seconds, seconds + 1);
    }
}
