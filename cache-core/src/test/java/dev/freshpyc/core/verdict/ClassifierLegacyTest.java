package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.observe.Observation.SourceState.ABSENT;
import static dev.freshpyc.core.verdict.ObservationSamples.DIRECTORY;
import static dev.freshpyc.core.verdict.ObservationSamples.GOOD;
import static dev.freshpyc.core.verdict.ObservationSamples.MAGIC_27;
import static dev.freshpyc.core.verdict.ObservationSamples.MAGIC_311;
import static dev.freshpyc.core.verdict.ObservationSamples.MTIME;
import static dev.freshpyc.core.verdict.ObservationSamples.SOURCE;
import static dev.freshpyc.core.verdict.ObservationSamples.UNREACHABLE;
import static dev.freshpyc.core.verdict.ObservationSamples.badFlags;
import static dev.freshpyc.core.verdict.ObservationSamples.cut;
import static dev.freshpyc.core.verdict.ObservationSamples.hashed;
import static dev.freshpyc.core.verdict.ObservationSamples.legacy;
import static dev.freshpyc.core.verdict.ObservationSamples.timestamp;
import static dev.freshpyc.core.verdict.ObservationSamples.timestamp27;
import static dev.freshpyc.core.verdict.ObservationSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.pyc.Magic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Verdicts on a legacy pyc. The interpreter that wrote the pyc also reads the pyc, unless an interpreter is given. */
class ClassifierLegacyTest {
    private static final PycState.Read UNKNOWN = with(GOOD, Magic.of(1));
    private static final String LOADS = "sourceless loads no-source header";
    private static final String SHADOWED = "shadowed ignores source-beside -";
    private static final String FOREIGN = "foreign fails magic header";
    private static final String SHORT = "malformed fails short-header header";

    static List<ClassifierCase> readByTheWriter() {
        return List.of(
                new ClassifierCase("good", legacy(ABSENT, GOOD), LOADS),
                new ClassifierCase("any mtime, size", legacy(ABSENT, timestamp(2, 0, 0)), LOADS),
                new ClassifierCase("checked hash", legacy(ABSENT, hashed(true)), LOADS),
                new ClassifierCase("unchecked hash", legacy(ABSENT, hashed(false)), LOADS),
                new ClassifierCase("2.7", legacy(ABSENT, timestamp27(0)), LOADS),
                new ClassifierCase("flags 4", legacy(ABSENT, badFlags(4)), "malformed fails flags header"),
                new ClassifierCase("unknown magic", legacy(ABSENT, UNKNOWN), FOREIGN),
                new ClassifierCase("preview", legacy(ABSENT, with(GOOD, Magic.of(3490))), LOADS),
                new ClassifierCase("unreachable source", legacy(UNREACHABLE, GOOD), "unreadable loads EACCES -"),
                new ClassifierCase("directory, 3.11", legacy(DIRECTORY, GOOD), LOADS),
                new ClassifierCase("directory, 2.7", legacy(DIRECTORY, timestamp27(MTIME)), LOADS),
                new ClassifierCase(
                        "directory, 2.7, stale", legacy(DIRECTORY, timestamp27(0)), "unreadable fails EISDIR -"),
                new ClassifierCase(
                        "unreachable source, flags 4", legacy(UNREACHABLE, badFlags(4)), "unreadable fails EACCES -"),
                new ClassifierCase("source beside", legacy(SOURCE, GOOD), SHADOWED),
                new ClassifierCase("source beside, unknown magic", legacy(SOURCE, UNKNOWN), SHADOWED),
                new ClassifierCase("source beside, short magic", legacy(SOURCE, cut(MAGIC_27, 3)), SHADOWED),
                new ClassifierCase("source beside, flags 4", legacy(SOURCE, badFlags(4)), SHADOWED),
                new ClassifierCase(
                        "source beside, 2.7", legacy(SOURCE, timestamp27(MTIME)), "fresh loads match header"));
    }

    static List<ClassifierCase> readByPython27() {
        return List.of(
                new ClassifierCase("2.7", legacy(ABSENT, timestamp27(0)), LOADS),
                new ClassifierCase("3.11", legacy(ABSENT, GOOD), FOREIGN),
                new ClassifierCase("source beside", legacy(SOURCE, timestamp27(MTIME)), "fresh loads match header"),
                new ClassifierCase(
                        "source beside, stale", legacy(SOURCE, timestamp27(0)), "stale recompiles mtime header"),
                new ClassifierCase("source beside, 3.11", legacy(SOURCE, GOOD), "foreign recompiles magic header"),
                new ClassifierCase(
                        "source beside, unknown magic", legacy(SOURCE, UNKNOWN), "foreign recompiles magic header"),
                new ClassifierCase(
                        "source beside, 3 bytes",
                        legacy(SOURCE, cut(MAGIC_27, 3)),
                        "malformed recompiles short-header header"));
    }

    static List<ClassifierCase> readByPython311() {
        return List.of(
                new ClassifierCase("3.11", legacy(ABSENT, GOOD), LOADS),
                new ClassifierCase("2.7", legacy(ABSENT, timestamp27(0)), FOREIGN),
                new ClassifierCase("preview", legacy(ABSENT, with(GOOD, Magic.of(3490))), FOREIGN),
                new ClassifierCase("unknown magic", legacy(ABSENT, UNKNOWN), FOREIGN),
                new ClassifierCase("source beside", legacy(SOURCE, GOOD), SHADOWED),
                new ClassifierCase("source beside, unknown magic", legacy(SOURCE, UNKNOWN), SHADOWED));
    }

    @ParameterizedTest
    @MethodSource("readByTheWriter")
    void withoutAGivenInterpreterTheWriterReads(ClassifierCase example) {
        assertThat(example.verdictOf(ClassifierCase.defaultClassifier())).isEqualTo(example.verdict());
    }

    @ParameterizedTest
    @MethodSource("readByPython27")
    void python27GivesItsVerdict(ClassifierCase example) {
        assertThat(example.verdictOf(ClassifierCase.withInterpreter(ClassifierCase.PYTHON_27)))
                .isEqualTo(example.verdict());
    }

    @ParameterizedTest
    @MethodSource("readByPython311")
    void python311GivesItsVerdict(ClassifierCase example) {
        assertThat(example.verdictOf(ClassifierCase.withInterpreter(ClassifierCase.PYTHON_311)))
                .isEqualTo(example.verdict());
    }

    @Test
    void aPreviewReadsItsOwnMagicOnly() {
        Classifier classifier = ClassifierCase.withInterpreter(ClassifierCase.PREVIEW_311);

        assertThat(ObservationSamples.describe(classifier.classify(legacy(ABSENT, GOOD))))
                .isEqualTo(FOREIGN);
        assertThat(ObservationSamples.describe(classifier.classify(legacy(ABSENT, with(GOOD, Magic.of(3490))))))
                .isEqualTo(LOADS);
    }

    /** CPython reports fewer than four bytes as a bad magic, and a header that ends later as an EOFError. */
    @Test
    void aShortHeaderIsMalformed() {
        for (int length = 0; length < 16; length++) {
            PycState.Read pyc = cut(MAGIC_311, length);

            assertThat(ObservationSamples.describe(ClassifierCase.withInterpreter(ClassifierCase.PYTHON_311)
                            .classify(legacy(ABSENT, pyc))))
                    .isEqualTo(SHORT);
            assertThat(ObservationSamples.describe(
                            ClassifierCase.defaultClassifier().classify(legacy(ABSENT, pyc))))
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
        "UNWALKED, undecided - unwalked-body -",
        "UNKNOWN_DIALECT, sourceless loads no-source header"
    })
    void theBodyDecidesUnlessASourceIsBeside(BodyState body, String verdict) {
        assertThat(ObservationSamples.describe(
                        ClassifierCase.defaultClassifier().classify(legacy(ABSENT, with(GOOD, body)))))
                .isEqualTo(verdict);
        assertThat(ObservationSamples.describe(
                        ClassifierCase.defaultClassifier().classify(legacy(SOURCE, with(GOOD, body)))))
                .isEqualTo(SHADOWED);
    }

    @ParameterizedTest
    @EnumSource
    void aHashIsNotCompared(HashChecks checks) {
        assertThat(ObservationSamples.describe(
                        ClassifierCase.withHashChecks(checks).classify(legacy(ABSENT, hashed(true)))))
                .isEqualTo(LOADS);
    }
}
