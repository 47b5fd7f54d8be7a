package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.verdict.ObservationSamples.GOOD;
import static dev.freshpyc.core.verdict.ObservationSamples.MAGIC_311;
import static dev.freshpyc.core.verdict.ObservationSamples.MAGIC_312;
import static dev.freshpyc.core.verdict.ObservationSamples.MTIME;
import static dev.freshpyc.core.verdict.ObservationSamples.SIZE;
import static dev.freshpyc.core.verdict.ObservationSamples.SOURCE;
import static dev.freshpyc.core.verdict.ObservationSamples.UNREACHABLE;
import static dev.freshpyc.core.verdict.ObservationSamples.badFlags;
import static dev.freshpyc.core.verdict.ObservationSamples.cut;
import static dev.freshpyc.core.verdict.ObservationSamples.inCache;
import static dev.freshpyc.core.verdict.ObservationSamples.source;
import static dev.freshpyc.core.verdict.ObservationSamples.timestamp;
import static dev.freshpyc.core.verdict.ObservationSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Verdicts on a pyc in {@code __pycache__}. They were observed on CPython 3.7 to 3.14. */
class ClassifierCacheTest {
    private static final Magic CORRUPTED = new Magic(3495 | 0x0a0a0000);

    static List<ClassifierCase> headers() {
        return List.of(
                new ClassifierCase("as compiled", inCache(SOURCE, GOOD), "fresh loads match header"),
                new ClassifierCase(
                        "flags 2", inCache(SOURCE, timestamp(2, (int) MTIME, (int) SIZE)), "fresh loads match header"),
                new ClassifierCase(
                        "newer source", inCache(source(MTIME + 1, 0, SIZE), GOOD), "stale recompiles mtime header"),
                new ClassifierCase(
                        "older source", inCache(source(MTIME - 1, 0, SIZE), GOOD), "stale recompiles mtime header"),
                new ClassifierCase(
                        "mtime 0, as OSTree sets it",
                        inCache(source(0, 0, SIZE), GOOD),
                        "stale recompiles mtime header"),
                new ClassifierCase(
                        "longer source", inCache(source(MTIME, 0, SIZE + 1), GOOD), "stale recompiles size header"),
                new ClassifierCase(
                        "other mtime and size", inCache(source(0, 0, 0), GOOD), "stale recompiles size header"),
                new ClassifierCase(
                        "source 4 GiB longer",
                        inCache(source(MTIME, 0, SIZE + (1L << 32)), GOOD),
                        "fresh loads match header"),
                new ClassifierCase(
                        "less than 119 ns before the next second",
                        inCache(source(MTIME - 1, 999_999_999, SIZE), GOOD),
                        "fresh loads match header"),
                new ClassifierCase(
                        "magic of 3.12", inCache(SOURCE, with(GOOD, MAGIC_312)), "foreign recompiles magic header"),
                new ClassifierCase(
                        "magic of a preview",
                        inCache(SOURCE, with(GOOD, Magic.of(3494))),
                        "foreign recompiles magic header"),
                new ClassifierCase(
                        "magic with a corrupted tail",
                        inCache(SOURCE, with(GOOD, CORRUPTED)),
                        "foreign recompiles magic header"),
                new ClassifierCase("flags 4", inCache(SOURCE, badFlags(4)), "malformed recompiles flags header"),
                new ClassifierCase(
                        "flags with the highest bit",
                        inCache(SOURCE, badFlags(1 << 31)),
                        "malformed recompiles flags header"));
    }

    static List<ClassifierCase> sources() {
        return List.of(
                new ClassifierCase("no source", inCache(SourceState.ABSENT, GOOD), "orphaned ignores no-source -"),
                new ClassifierCase(
                        "no source, short magic",
                        inCache(SourceState.ABSENT, cut(MAGIC_311, 3)),
                        "orphaned ignores no-source -"),
                new ClassifierCase("unreachable source", inCache(UNREACHABLE, GOOD), "unreadable ignores EACCES -"),
                new ClassifierCase(
                        "expected pyc is absent", inCache(SOURCE, PycState.ABSENT), "missing recompiles absent -"));
    }

    @ParameterizedTest
    @MethodSource({"headers", "sources"})
    void aPycHasTheVerdictOfItsHeaderAndSource(ClassifierCase example) {
        assertThat(example.verdictOf(ClassifierCase.defaultClassifier())).isEqualTo(example.verdict());
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, -1",
        "-1, 500000000, 0",
        "-2, 500000000, -1",
        "4294967301, 0, 5",
        "4294967295, 999999999, 0",
        "2147483648, 0, -2147483648",
        "1600000000, 999999881, 1600000001"
    })
    void theHeaderMatchesTheTruncatedMtime(long seconds, int nanos, int header) {
        SourceState source = source(seconds, nanos, SIZE);

        assertThat(verdictOf(source, timestamp(0, header, (int) SIZE))).isEqualTo("fresh loads match header");
        assertThat(verdictOf(source, timestamp(0, header + 1, (int) SIZE))).isEqualTo("stale recompiles mtime header");
    }

    @Test
    void aShortHeaderIsMalformed() {
        for (int length = 0; length < 16; length++) {
            assertThat(verdictOf(SOURCE, cut(MAGIC_311, length)))
                    .as("%d bytes", length)
                    .isEqualTo("malformed recompiles short-header header");
            assertThat(verdictOf(SOURCE, cut(MAGIC_312, length)))
                    .as("%d bytes of 3.12", length)
                    .isEqualTo(
                            length < 4
                                    ? "malformed recompiles short-header header"
                                    : "foreign recompiles magic header");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BEGINS_AS_CODE, fresh loads match header",
        "WHOLE, fresh loads match header",
        "EMPTY, fatal fails empty-body -",
        "NOT_CODE, fatal fails not-code -",
        "TRUNCATED, fatal fails truncated-body -",
        "CORRUPT, fatal fails corrupt-body -",
        "UNWALKED, undecided - unwalked-body -",
        "UNKNOWN_DIALECT, fresh loads unwalked-body header"
    })
    void theBodyDecidesBehindAnAcceptedHeader(BodyState body, String verdict) {
        assertThat(verdictOf(SOURCE, with(GOOD, body))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @EnumSource
    void theBodyDoesNotMatterBehindARefusedHeader(BodyState body) {
        assertThat(verdictOf(source(MTIME + 1, 0, SIZE), with(GOOD, body))).isEqualTo("stale recompiles mtime header");
        assertThat(verdictOf(source(MTIME, 0, SIZE + 1), with(GOOD, body))).isEqualTo("stale recompiles size header");
        assertThat(verdictOf(SOURCE, with(badFlags(4), body))).isEqualTo("malformed recompiles flags header");
        assertThat(verdictOf(SOURCE, with(with(GOOD, MAGIC_312), body))).isEqualTo("foreign recompiles magic header");
    }

    @Test
    void theMagicOfAKnownInterpreterDecidesForItsTag() {
        CacheTag tag = ClassifierCase.PREVIEW_311.tagOf("cpython-311");
        var known = inCache(SOURCE, GOOD);
        var withOwnMagic = new Observation(known.takenAtNanos(), known.placement(), tag, SOURCE, GOOD);

        assertThat(ObservationSamples.describe(
                        ClassifierCase.defaultClassifier().classify(withOwnMagic)))
                .isEqualTo("foreign recompiles magic header");
    }

    private static String verdictOf(SourceState source, PycState pyc) {
        return ObservationSamples.describe(ClassifierCase.defaultClassifier().classify(inCache(source, pyc)));
    }
}
