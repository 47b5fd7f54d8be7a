package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.observe.PycState.NOT_A_FILE;
import static dev.freshpyc.core.observe.SourceState.ABSENT;
import static dev.freshpyc.core.verdict.Seen.GOOD;
import static dev.freshpyc.core.verdict.Seen.SOURCE;
import static dev.freshpyc.core.verdict.Seen.UNREACHABLE;
import static dev.freshpyc.core.verdict.Seen.at;
import static dev.freshpyc.core.verdict.Seen.badFlags;
import static dev.freshpyc.core.verdict.Seen.inCache;
import static dev.freshpyc.core.verdict.Seen.legacy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Placement;
import dev.freshpyc.core.observe.PycState;
import dev.freshpyc.core.observe.SourceState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that could not be opened, and places where nobody looks. */
class ClassifierPlacementTest {
    private static final PycState REFUSED = new PycState.Unreadable(Errno.EIO);
    private static final List<PycState> STATES = List.of(GOOD, badFlags(4), REFUSED, NOT_A_FILE);
    private static final List<SourceState> SOURCES = List.of(SOURCE, ABSENT, UNREACHABLE);

    static List<Row> unopened() {
        return List.of(
                new Row("cache", inCache(SOURCE, REFUSED), "unreadable recompiles EIO -"),
                new Row("cache, FIFO", inCache(SOURCE, NOT_A_FILE), "unreadable - not-a-file -"),
                new Row("orphan", inCache(ABSENT, REFUSED), "orphaned ignores no-source -"),
                new Row("orphan, FIFO", inCache(ABSENT, NOT_A_FILE), "orphaned ignores no-source -"),
                new Row("source unreachable", inCache(UNREACHABLE, REFUSED), "unreadable ignores EACCES -"),
                new Row("legacy", legacy(ABSENT, REFUSED), "unreadable fails EIO -"),
                new Row("legacy, FIFO", legacy(ABSENT, NOT_A_FILE), "unreadable ignores not-a-file -"),
                new Row("legacy, unreachable", legacy(UNREACHABLE, REFUSED), "unreadable fails EIO -"),
                new Row("beside", legacy(SOURCE, REFUSED), "shadowed ignores source-beside -"),
                new Row("beside, FIFO", legacy(SOURCE, NOT_A_FILE), "shadowed ignores source-beside -"));
    }

    @ParameterizedTest
    @MethodSource("unopened")
    void verdicts(Row row) {
        assertThat(row.judgedBy(Row.classifier())).isEqualTo(row.verdict());
    }

    @Test
    void underAPrefixNobodyLooksIntoTheTree() {
        assertEverywhere(Placement.BYPASSED, "shadowed ignores cache-prefix -");
    }

    @Test
    void nobodyLooksForANameWithoutATag() {
        assertEverywhere(Placement.UNTAGGED, "orphaned ignores no-tag -");
    }

    @Test
    void anExpectedFileIsMissingWhereverItWouldBe() {
        for (Placement placement : Placement.values()) {
            assertThat(Seen.words(Row.classifier().classify(at(placement, SOURCE, PycState.ABSENT))))
                    .isEqualTo("missing recompiles absent -");
        }
    }

    private static void assertEverywhere(Placement placement, String verdict) {
        for (SourceState source : SOURCES) {
            for (PycState pyc : STATES) {
                assertThat(Seen.words(Row.classifier().classify(at(placement, source, pyc))))
                        .as("%s, %s", source, pyc)
                        .isEqualTo(verdict);
            }
        }
    }
}
