package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.observe.SourceState.ABSENT;
import static dev.freshpyc.core.verdict.Seen.GOOD;
import static dev.freshpyc.core.verdict.Seen.MAGIC_27;
import static dev.freshpyc.core.verdict.Seen.MAGIC_311;
import static dev.freshpyc.core.verdict.Seen.MTIME;
import static dev.freshpyc.core.verdict.Seen.SOURCE;
import static dev.freshpyc.core.verdict.Seen.UNREACHABLE;
import static dev.freshpyc.core.verdict.Seen.badFlags;
import static dev.freshpyc.core.verdict.Seen.cut;
import static dev.freshpyc.core.verdict.Seen.hashed;
import static dev.freshpyc.core.verdict.Seen.legacy;
import static dev.freshpyc.core.verdict.Seen.timestamp;
import static dev.freshpyc.core.verdict.Seen.timestamp27;
import static dev.freshpyc.core.verdict.Seen.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.observe.BodyState;
import dev.freshpyc.core.observe.PycState;
import dev.freshpyc.core.pyc.Magic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code foo.pyc} where {@code foo.py} would be: with nobody asked, its writer reads it. */
class ClassifierLegacyTest {
    private static final PycState.Read UNKNOWN = with(GOOD, Magic.of(1));
    private static final String LOADS = "sourceless loads no-source header";
    private static final String SHADOWED = "shadowed ignores source-beside -";
    private static final String FOREIGN = "foreign fails magic header";
    private static final String SHORT = "malformed fails short-header header";

    static List<Row> writersRead() {
        return List.of(
                new Row("good", legacy(ABSENT, GOOD), LOADS),
                new Row("any mtime, size", legacy(ABSENT, timestamp(2, 0, 0)), LOADS),
                new Row("checked hash", legacy(ABSENT, hashed(true)), LOADS),
                new Row("unchecked hash", legacy(ABSENT, hashed(false)), LOADS),
                new Row("2.7", legacy(ABSENT, timestamp27(0)), LOADS),
                new Row("flags 4", legacy(ABSENT, badFlags(4)), "malformed fails flags header"),
                new Row("unknown magic", legacy(ABSENT, UNKNOWN), FOREIGN),
                new Row("preview", legacy(ABSENT, with(GOOD, Magic.of(3490))), LOADS),
                new Row("unreachable source", legacy(UNREACHABLE, GOOD), "unreadable loads EACCES -"),
                new Row("unreachable, flags", legacy(UNREACHABLE, badFlags(4)), "unreadable fails EACCES -"),
                new Row("beside", legacy(SOURCE, GOOD), SHADOWED),
                new Row("beside, unknown", legacy(SOURCE, UNKNOWN), SHADOWED),
                new Row("beside, no magic", legacy(SOURCE, cut(MAGIC_27, 3)), SHADOWED),
                new Row("beside, flags", legacy(SOURCE, badFlags(4)), SHADOWED),
                new Row("beside, 2.7", legacy(SOURCE, timestamp27(MTIME)), "fresh loads match header"));
    }

    static List<Row> python27Reads() {
        return List.of(
                new Row("2.7", legacy(ABSENT, timestamp27(0)), LOADS),
                new Row("3.11", legacy(ABSENT, GOOD), FOREIGN),
                new Row("beside", legacy(SOURCE, timestamp27(MTIME)), "fresh loads match header"),
                new Row("beside, stale", legacy(SOURCE, timestamp27(0)), "stale recompiles mtime header"),
                new Row("beside, 3.11", legacy(SOURCE, GOOD), "foreign recompiles magic header"),
                new Row("beside, unknown", legacy(SOURCE, UNKNOWN), "foreign recompiles magic header"),
                new Row(
                        "beside, 3 bytes",
                        legacy(SOURCE, cut(MAGIC_27, 3)),
                        "malformed recompiles short-header header"));
    }

    static List<Row> python311Reads() {
        return List.of(
                new Row("3.11", legacy(ABSENT, GOOD), LOADS),
                new Row("2.7", legacy(ABSENT, timestamp27(0)), FOREIGN),
                new Row("preview", legacy(ABSENT, with(GOOD, Magic.of(3490))), FOREIGN),
                new Row("unknown", legacy(ABSENT, UNKNOWN), FOREIGN),
                new Row("beside", legacy(SOURCE, GOOD), SHADOWED),
                new Row("beside, unknown", legacy(SOURCE, UNKNOWN), SHADOWED));
    }

    @ParameterizedTest
    @MethodSource("writersRead")
    void nobodyAsked(Row row) {
        assertThat(row.judgedBy(Row.classifier())).isEqualTo(row.verdict());
    }

    @ParameterizedTest
    @MethodSource("python27Reads")
    void python27Asked(Row row) {
        assertThat(row.judgedBy(Row.asking(Row.PYTHON_27))).isEqualTo(row.verdict());
    }

    @ParameterizedTest
    @MethodSource("python311Reads")
    void python311Asked(Row row) {
        assertThat(row.judgedBy(Row.asking(Row.PYTHON_311))).isEqualTo(row.verdict());
    }

    @Test
    void aPreviewReadsItsOwnMagicAlone() {
        Classifier classifier = Row.asking(Row.PREVIEW_311);

        assertThat(Seen.words(classifier.classify(legacy(ABSENT, GOOD)))).isEqualTo(FOREIGN);
        assertThat(Seen.words(classifier.classify(legacy(ABSENT, with(GOOD, Magic.of(3490))))))
                .isEqualTo(LOADS);
    }

    /** Fewer than four bytes fail as a bad magic does; up to the end of the header it is an EOFError. */
    @Test
    void everyLengthBelowTheHeader() {
        for (int length = 0; length < 16; length++) {
            PycState.Read pyc = cut(MAGIC_311, length);

            assertThat(Seen.words(Row.asking(Row.PYTHON_311).classify(legacy(ABSENT, pyc))))
                    .isEqualTo(SHORT);
            assertThat(Seen.words(Row.classifier().classify(legacy(ABSENT, pyc))))
                    .isEqualTo(SHORT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BEGINS_AS_CODE, sourceless loads no-source header",
        "WHOLE, sourceless loads no-source header",
        "EMPTY, fatal fails empty-body -",
        "NOT_CODE, fatal fails not-code -",
        "TRUNCATED, fatal fails truncated-body -",
        "CORRUPT, fatal fails corrupt-body -",
        "UNWALKED, undecided - unwalked-body -"
    })
    void bodies(BodyState body, String verdict) {
        assertThat(Seen.words(Row.classifier().classify(legacy(ABSENT, with(GOOD, body)))))
                .isEqualTo(verdict);
        assertThat(Seen.words(Row.classifier().classify(legacy(SOURCE, with(GOOD, body)))))
                .isEqualTo(SHADOWED);
    }

    @ParameterizedTest
    @EnumSource
    void theHashIsNotLookedAt(HashChecks checks) {
        assertThat(Seen.words(Row.checking(checks).classify(legacy(ABSENT, hashed(true)))))
                .isEqualTo(LOADS);
    }
}
