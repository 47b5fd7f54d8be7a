package dev.freshpyc.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A clean removes the files that the user selected, but no file that an import may load instead of its source. */
class CleanSelectionTest {

    private static final SourceState PRESENT =
            new SourceState.Present(new FileStamp(1, 2, 3, 4, 5, 6, 7), SourceContent.UNREAD);
    private static final CacheTag INSTALLED = CacheTag.of("cpython-311");
    private static final CacheTag NOT_INSTALLED = CacheTag.of("cpython-39");
    private static final CacheSelection ALL = new CacheSelection(true, true, true, OptimizationLevel.O1);

    /** A selection with at most one level. */
    private record CacheSelection(
            boolean orphans,
            boolean foreign,
            boolean tools,
            @Nullable OptimizationLevel level) {

        Optional<RemovalReason> reason(
                Placement placement, SourceState source, @Nullable CacheTag tag, OptimizationLevel fileLevel) {
            Set<OptimizationLevel> levels = level == null ? Set.of() : Set.of(level);
            return new CleanSelection(orphans, foreign, tools, levels)
                    .reason(placement, source, tag, fileLevel, asked -> asked.equals(INSTALLED), () -> false);
        }
    }

    @Test
    void eachOptionSelectsItsOwnFilesAndNoOthers() {
        CacheSelection orphans = new CacheSelection(true, false, false, null);
        CacheSelection foreign = new CacheSelection(false, true, false, null);
        CacheSelection tools = new CacheSelection(false, false, true, null);
        CacheSelection level = new CacheSelection(false, false, false, OptimizationLevel.O1);

        assertThat(orphans.reason(Placement.CACHE, SourceState.ABSENT, INSTALLED, OptimizationLevel.NONE))
                .contains(RemovalReason.ORPHANED);
        assertThat(foreign.reason(Placement.CACHE, PRESENT, NOT_INSTALLED, OptimizationLevel.NONE))
                .contains(RemovalReason.FOREIGN);
        assertThat(tools.reason(Placement.OF_TOOL, PRESENT, INSTALLED, OptimizationLevel.NONE))
                .contains(RemovalReason.OTHER_TOOL);
        assertThat(level.reason(Placement.CACHE, PRESENT, INSTALLED, OptimizationLevel.O1))
                .contains(RemovalReason.LEVEL);

        assertThat(orphans.reason(Placement.CACHE, PRESENT, NOT_INSTALLED, OptimizationLevel.O1))
                .isEmpty();
        assertThat(foreign.reason(Placement.CACHE, SourceState.ABSENT, INSTALLED, OptimizationLevel.O1))
                .isEmpty();
        assertThat(tools.reason(Placement.CACHE, SourceState.ABSENT, NOT_INSTALLED, OptimizationLevel.O1))
                .isEmpty();
        assertThat(level.reason(Placement.CACHE, SourceState.ABSENT, NOT_INSTALLED, OptimizationLevel.O2))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void aFileWithoutATagStaysWhereverItLies(Placement placement) {
        assertThat(ALL.reason(placement, SourceState.ABSENT, null, OptimizationLevel.O1))
                .isEmpty();
    }

    @Test
    void aFreshFileOfAnInstalledInterpreterStays() {
        assertThat(ALL.reason(Placement.CACHE, PRESENT, INSTALLED, OptimizationLevel.NONE))
                .isEmpty();
    }

    /** The source may exist, but a directory above the source cannot be searched. */
    @Test
    void aPycWithAnUnreachableSourceIsNoOrphan() {
        SourceState unreachable = new SourceState.Unreachable(Errno.EACCES);
        assertThat(ALL.reason(Placement.CACHE, unreachable, INSTALLED, OptimizationLevel.NONE))
                .isEmpty();
    }

    @Test
    void onlyTheToolsOptionSelectsAToolsFile() {
        CacheSelection withoutTools = new CacheSelection(true, true, false, OptimizationLevel.O1);
        assertThat(withoutTools.reason(Placement.OF_TOOL, SourceState.ABSENT, NOT_INSTALLED, OptimizationLevel.O1))
                .isEmpty();
    }
}
