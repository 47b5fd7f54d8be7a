package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.verdict.Seen.GOOD;
import static dev.freshpyc.core.verdict.Seen.MAGIC_311;
import static dev.freshpyc.core.verdict.Seen.MAGIC_312;
import static dev.freshpyc.core.verdict.Seen.MTIME;
import static dev.freshpyc.core.verdict.Seen.SIZE;
import static dev.freshpyc.core.verdict.Seen.SOURCE;
import static dev.freshpyc.core.verdict.Seen.UNREACHABLE;
import static dev.freshpyc.core.verdict.Seen.badFlags;
import static dev.freshpyc.core.verdict.Seen.cut;
import static dev.freshpyc.core.verdict.Seen.inCache;
import static dev.freshpyc.core.verdict.Seen.source;
import static dev.freshpyc.core.verdict.Seen.timestamp;
import static dev.freshpyc.core.verdict.Seen.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.observe.BodyState;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.PycState;
import dev.freshpyc.core.observe.SourceState;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A file in {@code __pycache__}: what CPython 3.7 to 3.14 were seen to do with each. */
class ClassifierCacheTest {
    private static final Magic SPOILT = new Magic(3495 | 0x0a0a0000);

    static List<Row> headers() {
        return List.of(
                new Row("as compiled", inCache(SOURCE, GOOD), "fresh loads match header"),
                new Row("flags 2", inCache(SOURCE, timestamp(2, (int) MTIME, (int) SIZE)), "fresh loads match header"),
                new Row("newer source", inCache(source(MTIME + 1, 0, SIZE), GOOD), "stale recompiles mtime header"),
                new Row("older source", inCache(source(MTIME - 1, 0, SIZE), GOOD), "stale recompiles mtime header"),
                new Row("ostree", inCache(source(0, 0, SIZE), GOOD), "stale recompiles mtime header"),
                new Row("longer source", inCache(source(MTIME, 0, SIZE + 1), GOOD), "stale recompiles size header"),
                new Row("both", inCache(source(0, 0, 0), GOOD), "stale recompiles mtime header"),
                new Row("4 GiB longer", inCache(source(MTIME, 0, SIZE + (1L << 32)), GOOD), "fresh loads match header"),
                new Row(
                        "the last 119 ns",
                        inCache(source(MTIME - 1, 999_999_999, SIZE), GOOD),
                        "fresh loads match header"),
                new Row("3.12's magic", inCache(SOURCE, with(GOOD, MAGIC_312)), "foreign recompiles magic header"),
                new Row("a preview's", inCache(SOURCE, with(GOOD, Magic.of(3494))), "foreign recompiles magic header"),
                new Row("spoilt magic", inCache(SOURCE, with(GOOD, SPOILT)), "foreign recompiles magic header"),
                new Row("flags 4", inCache(SOURCE, badFlags(4)), "malformed recompiles flags header"),
                new Row("high bit", inCache(SOURCE, badFlags(1 << 31)), "malformed recompiles flags header"));
    }

    static List<Row> sources() {
        return List.of(
                new Row("no source", inCache(SourceState.ABSENT, GOOD), "orphaned ignores no-source -"),
                new Row("nor magic", inCache(SourceState.ABSENT, cut(MAGIC_311, 3)), "orphaned ignores no-source -"),
                new Row("unreachable", inCache(UNREACHABLE, GOOD), "unreadable ignores EACCES -"),
                new Row("expected", inCache(SOURCE, PycState.ABSENT), "missing recompiles absent -"));
    }

    @ParameterizedTest
    @MethodSource({"headers", "sources"})
    void verdicts(Row row) {
        assertThat(row.judgedBy(Row.classifier())).isEqualTo(row.verdict());
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
    void edgesOfTime(long seconds, int nanos, int header) {
        SourceState source = source(seconds, nanos, SIZE);

        assertThat(judged(source, timestamp(0, header, (int) SIZE))).isEqualTo("fresh loads match header");
        assertThat(judged(source, timestamp(0, header + 1, (int) SIZE))).isEqualTo("stale recompiles mtime header");
    }

    @Test
    void everyLengthBelowTheHeader() {
        for (int length = 0; length < 16; length++) {
            assertThat(judged(SOURCE, cut(MAGIC_311, length)))
                    .as("%d bytes", length)
                    .isEqualTo("malformed recompiles short-header header");
            assertThat(judged(SOURCE, cut(MAGIC_312, length)))
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
        "UNWALKED, undecided - unwalked-body -"
    })
    void bodiesBehindAnAcceptedHeader(BodyState body, String verdict) {
        assertThat(judged(SOURCE, with(GOOD, body))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @EnumSource
    void theBodyBehindARefusedHeaderIsNeverRead(BodyState body) {
        assertThat(judged(source(MTIME + 1, 0, SIZE), with(GOOD, body))).isEqualTo("stale recompiles mtime header");
        assertThat(judged(source(MTIME, 0, SIZE + 1), with(GOOD, body))).isEqualTo("stale recompiles size header");
        assertThat(judged(SOURCE, with(badFlags(4), body))).isEqualTo("malformed recompiles flags header");
        assertThat(judged(SOURCE, with(with(GOOD, MAGIC_312), body))).isEqualTo("foreign recompiles magic header");
    }

    @Test
    void anInterpretersOwnMagicDecidesForItsTag() {
        CacheTag tag = Row.PREVIEW_311.tagOf("cpython-311");
        var seen = inCache(SOURCE, GOOD);
        var own = new Observation(seen.takenAtNanos(), seen.placement(), tag, SOURCE, GOOD);

        assertThat(Seen.words(Row.classifier().classify(own))).isEqualTo("foreign recompiles magic header");
    }

    private static String judged(SourceState source, PycState pyc) {
        return Seen.words(Row.classifier().classify(inCache(source, pyc)));
    }
}
