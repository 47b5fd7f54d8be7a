package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.verdict.ObservationSamples.MAGIC_27;
import static dev.freshpyc.core.verdict.ObservationSamples.MAGIC_36;
import static dev.freshpyc.core.verdict.ObservationSamples.MTIME;
import static dev.freshpyc.core.verdict.ObservationSamples.SIZE;
import static dev.freshpyc.core.verdict.ObservationSamples.SOURCE;
import static dev.freshpyc.core.verdict.ObservationSamples.cut;
import static dev.freshpyc.core.verdict.ObservationSamples.inCache;
import static dev.freshpyc.core.verdict.ObservationSamples.legacy;
import static dev.freshpyc.core.verdict.ObservationSamples.source;
import static dev.freshpyc.core.verdict.ObservationSamples.timestamp27;
import static dev.freshpyc.core.verdict.ObservationSamples.timestamp36;
import static dev.freshpyc.core.verdict.ObservationSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules of CPython 3.6 and 2.7 that differ from CPython 3.7. The verdicts were observed on 3.6.15 and 2.7.18. */
class ClassifierOldFormatsTest {
    private static final String FRESH = "fresh loads match header";
    private static final String STALE = "stale recompiles mtime header";
    private static final String SHORT = "malformed recompiles short-header header";

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, true",
        "-1, 500000000, 0, true",
        "-1, 999999999, 0, true",
        "-1, 1, 0, true",
        "-1, 0, 4294967295, false",
        "-2, 500000000, 4294967295, false",
        "2147483648, 0, 2147483648, true",
        "4294967295, 0, 4294967295, true",
        "4294967295, 999999999, 0, false",
        "4294967296, 0, 0, false",
        "4294967301, 0, 5, false",
        "1600000000, 999999881, 1600000001, true"
    })
    void python36ComparesTheWholeMtime(long seconds, int nanos, long header, boolean loads) {
        assertThat(verdictOfPython36(source(seconds, nanos, SIZE), timestamp36(header, (int) SIZE)))
                .isEqualTo(loads ? FRESH : STALE);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, true",
        "-1, 500000000, 0, false",
        "-1, 500000000, 4294967295, false",
        "-1, 0, 4294967295, false",
        "2147483647, 0, 2147483647, true",
        "2147483648, 0, 2147483648, false",
        "4294967295, 0, 4294967295, false",
        "4294967296, 0, 0, true",
        "4294967301, 0, 5, true",
        "1600000000, 999999999, 1600000000, true",
        "1600000000, 999999999, 1600000001, false"
    })
    void python27ComparesSignedSeconds(long seconds, int nanos, long header, boolean loads) {
        assertThat(verdictOfPython27(source(seconds, nanos, SIZE), timestamp27(header)))
                .isEqualTo(loads ? FRESH : STALE);
    }

    @Test
    void python36ComparesTheSizeAndHasNoFlags() {
        assertThat(verdictOfPython36(SOURCE, timestamp36(MTIME, (int) SIZE + 1)))
                .isEqualTo("stale recompiles size header");
        assertThat(verdictOfPython36(source(MTIME, 0, (1L << 32) + 12), timestamp36(MTIME, 12)))
                .isEqualTo(FRESH);
    }

    @Test
    void python27ComparesNoSize() {
        assertThat(verdictOfPython27(source(MTIME, 0, 1), timestamp27(MTIME))).isEqualTo(FRESH);
    }

    @Test
    void aShortHeaderIsMalformed() {
        for (int length = 0; length < 12; length++) {
            assertThat(verdictOfPython36(SOURCE, cut(MAGIC_36, length)))
                    .as("%d bytes", length)
                    .isEqualTo(SHORT);
        }
        for (int length = 4; length < 8; length++) {
            assertThat(verdictOfPython27(SOURCE, cut(MAGIC_27, length)))
                    .as("%d bytes", length)
                    .isEqualTo(SHORT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTY", "NOT_CODE", "TRUNCATED", "CORRUPT"})
    void aBrokenBodyIsFatalOnlyBehindAMatchingHeader(BodyState body) {
        assertThat(verdictOfPython27(SOURCE, with(timestamp27(MTIME), body))).startsWith("fatal fails ");
        assertThat(verdictOfPython27(SOURCE, with(timestamp27(0), body))).isEqualTo(STALE);
        assertThat(verdictOfPython36(SOURCE, with(timestamp36(MTIME, (int) SIZE), body)))
                .startsWith("fatal fails ");
        assertThat(verdictOfPython36(SOURCE, with(timestamp36(0, (int) SIZE), body)))
                .isEqualTo(STALE);
    }

    private static String verdictOfPython36(SourceState source, PycState pyc) {
        return ObservationSamples.describe(
                ClassifierCase.defaultClassifier().classify(inCache("cpython-36", source, pyc)));
    }

    private static String verdictOfPython27(SourceState source, PycState pyc) {
        return ObservationSamples.describe(ClassifierCase.defaultClassifier().classify(legacy(source, pyc)));
    }
}
