package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.observe.Observation.PycState.DIRECTORY;
import static dev.freshpyc.core.observe.Observation.PycState.NOT_A_FILE;
import static dev.freshpyc.core.observe.Observation.SourceState.ABSENT;
import static dev.freshpyc.core.verdict.ObservationSamples.GOOD;
import static dev.freshpyc.core.verdict.ObservationSamples.SOURCE;
import static dev.freshpyc.core.verdict.ObservationSamples.UNREACHABLE;
import static dev.freshpyc.core.verdict.ObservationSamples.at;
import static dev.freshpyc.core.verdict.ObservationSamples.badFlags;
import static dev.freshpyc.core.verdict.ObservationSamples.inCache;
import static dev.freshpyc.core.verdict.ObservationSamples.legacy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Observation.LinkEnd;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verdicts on pycs that could not be opened, and on pycs in places that no interpreter reads. */
class ClassifierPlacementTest {
    private static final PycState REFUSED = new PycState.Unreadable(Errno.EIO);
    private static final PycState LINK_TO_NOTHING = new PycState.LinkToNoFile(LinkEnd.NOTHING);
    private static final PycState LINK_TO_ITSELF = new PycState.LinkToNoFile(LinkEnd.LOOP);
    private static final PycState LINK_TO_A_DIRECTORY = new PycState.LinkToNoFile(LinkEnd.DIRECTORY);
    private static final List<PycState> STATES =
            List.of(GOOD, badFlags(4), REFUSED, NOT_A_FILE, DIRECTORY, LINK_TO_A_DIRECTORY);
    private static final List<SourceState> SOURCES = List.of(SOURCE, ABSENT, UNREACHABLE);

    static List<ClassifierCase> unopenedPycs() {
        return List.of(
                new ClassifierCase("cache", inCache(SOURCE, REFUSED), "unreadable recompiles EIO -"),
                new ClassifierCase("cache, FIFO", inCache(SOURCE, NOT_A_FILE), "unreadable - not-a-file -"),
                new ClassifierCase(
                        "cache, directory", inCache(SOURCE, DIRECTORY), "unreadable recompiles not-a-file -"),
                new ClassifierCase("orphan, directory", inCache(ABSENT, DIRECTORY), "orphaned ignores not-a-file -"),
                new ClassifierCase("legacy, directory", legacy(ABSENT, DIRECTORY), "orphaned ignores not-a-file -"),
                new ClassifierCase(
                        "source beside, directory", legacy(SOURCE, DIRECTORY), "shadowed ignores source-beside -"),
                new ClassifierCase(
                        "cache, dangling link",
                        inCache(SOURCE, LINK_TO_NOTHING),
                        "malformed recompiles dangling-link -"),
                new ClassifierCase(
                        "cache, looping link", inCache(SOURCE, LINK_TO_ITSELF), "malformed recompiles looping-link -"),
                new ClassifierCase(
                        "cache, link to a directory",
                        inCache(SOURCE, LINK_TO_A_DIRECTORY),
                        "malformed recompiles directory-link -"),
                new ClassifierCase(
                        "orphan, link to a directory",
                        inCache(ABSENT, LINK_TO_A_DIRECTORY),
                        "orphaned ignores no-source -"),
                new ClassifierCase("orphan", inCache(ABSENT, REFUSED), "orphaned ignores no-source -"),
                new ClassifierCase("orphan, FIFO", inCache(ABSENT, NOT_A_FILE), "orphaned ignores no-source -"),
                new ClassifierCase("source unreachable", inCache(UNREACHABLE, REFUSED), "unreadable ignores EACCES -"),
                new ClassifierCase("legacy", legacy(ABSENT, REFUSED), "unreadable fails EIO -"),
                new ClassifierCase("legacy, FIFO", legacy(ABSENT, NOT_A_FILE), "orphaned ignores not-a-file -"),
                new ClassifierCase(
                        "legacy, dangling link", legacy(ABSENT, LINK_TO_NOTHING), "orphaned ignores ENOENT -"),
                new ClassifierCase("legacy, looping link", legacy(ABSENT, LINK_TO_ITSELF), "orphaned ignores ELOOP -"),
                new ClassifierCase(
                        "legacy, link to a directory",
                        legacy(ABSENT, LINK_TO_A_DIRECTORY),
                        "orphaned ignores EISDIR -"),
                new ClassifierCase(
                        "legacy, source unreachable", legacy(UNREACHABLE, REFUSED), "unreadable fails EIO -"),
                new ClassifierCase("source beside", legacy(SOURCE, REFUSED), "shadowed ignores source-beside -"),
                new ClassifierCase(
                        "source beside, FIFO", legacy(SOURCE, NOT_A_FILE), "shadowed ignores source-beside -"));
    }

    @ParameterizedTest
    @MethodSource("unopenedPycs")
    void aPycThatWasNotOpenedHasItsVerdict(ClassifierCase example) {
        assertThat(example.verdictOf(ClassifierCase.defaultClassifier())).isEqualTo(example.verdict());
    }

    /** Python 2.7 says "Bad magic number" of a link to a directory, and "No module named" of a dangling link. */
    @Test
    void python27OpensADirectory() {
        Classifier classifier = ClassifierCase.withInterpreter(ClassifierCase.PYTHON_27);

        assertThat(ObservationSamples.describe(classifier.classify(legacy(ABSENT, NOT_A_FILE))))
                .isEqualTo("unreadable fails not-a-file -");
        assertThat(ObservationSamples.describe(classifier.classify(legacy(ABSENT, LINK_TO_A_DIRECTORY))))
                .isEqualTo("unreadable fails EISDIR -");
        assertThat(ObservationSamples.describe(classifier.classify(legacy(ABSENT, LINK_TO_NOTHING))))
                .isEqualTo("orphaned ignores ENOENT -");
    }

    /** Python 2.7 waits at a FIFO; it cannot replace a directory, and replaces a link. */
    @Test
    void python27ReadsWhatLiesBesideItsSource() {
        Classifier classifier = ClassifierCase.withInterpreter(ClassifierCase.PYTHON_27);

        assertThat(ObservationSamples.describe(classifier.classify(legacy(SOURCE, NOT_A_FILE))))
                .isEqualTo("unreadable - not-a-file -");
        assertThat(ObservationSamples.describe(classifier.classify(legacy(SOURCE, DIRECTORY))))
                .isEqualTo("unreadable recompiles not-a-file -");
        assertThat(ObservationSamples.describe(classifier.classify(legacy(SOURCE, REFUSED))))
                .isEqualTo("unreadable recompiles EIO -");
        assertThat(ObservationSamples.describe(classifier.classify(legacy(SOURCE, LINK_TO_NOTHING))))
                .isEqualTo("malformed recompiles dangling-link -");
        assertThat(ObservationSamples.describe(classifier.classify(legacy(SOURCE, LINK_TO_A_DIRECTORY))))
                .isEqualTo("malformed recompiles directory-link -");
        assertThat(ObservationSamples.describe(classifier.classify(legacy(ABSENT, DIRECTORY))))
                .isEqualTo("unreadable fails not-a-file -");
    }

    @Test
    void aPycInTheTreeIsShadowedByACachePrefix() {
        assertForEverySourceAndPyc(Placement.BYPASSED, "shadowed ignores cache-prefix -");
    }

    @Test
    void aNameWithoutATagIsOrphaned() {
        assertForEverySourceAndPyc(Placement.UNTAGGED, "orphaned ignores no-tag -");
    }

    @Test
    void anAbsentPycIsMissingInEveryPlacement() {
        for (Placement placement : Placement.values()) {
            assertThat(ObservationSamples.describe(
                            ClassifierCase.defaultClassifier().classify(at(placement, SOURCE, PycState.ABSENT))))
                    .isEqualTo("missing recompiles absent -");
        }
    }

    private static void assertForEverySourceAndPyc(Placement placement, String verdict) {
        for (SourceState source : SOURCES) {
            for (PycState pyc : STATES) {
                assertThat(ObservationSamples.describe(
                                ClassifierCase.defaultClassifier().classify(at(placement, source, pyc))))
                        .as("%s, %s", source, pyc)
                        .isEqualTo(verdict);
            }
        }
    }
}
