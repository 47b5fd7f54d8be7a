package dev.freshpyc.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.Race.Contender;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.measure.Trials.Failed;
import dev.freshpyc.perf.measure.Trials.Measured;
import dev.freshpyc.perf.measure.Trials.TrialResult;
import dev.freshpyc.perf.measure.Usage;
import dev.freshpyc.perf.report.Content;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The figures of growing trees, and the claims about them. */
class GrowthClaimsTest {

    @Test
    void aSmallTreeHasOnlyTheClaimAboutUndo() {
        assertThat(claims(size(1_000, 50, 60))).isEmpty();
        assertThat(claims(size(1_000, 50, 60), size(14_000, 50, 60)))
                .extracting(Claim::what)
                .containsExactly("undo / repair (14,000 pairs)");
    }

    @Test
    void aLargeTreeIsComparedWithSmallerTrees() {
        List<Claim> claims = claims(size(1_000, 50, 60), size(14_000, 50, 60), size(100_000, 75, 60));

        assertThat(claims)
                .allSatisfy(claim -> assertThat(claim.held())
                        .as(claim.toString())
                        .isEqualTo(!List.of(
                                        "lookup (100,000 / 1,000)",
                                        "status (100,000 / 1,000)",
                                        "unchanged / audit (100,000 pairs)")
                                .contains(claim.what())));
        assertThat(claims)
                .extracting(Claim::what)
                .contains(
                        "lookup (100,000 pairs)",
                        "ten changed paths (100,000 / 14,000)",
                        "ten changed paths (100,000 pairs)",
                        "repair, time a pair (100,000 / 14,000)",
                        "first refresh, peak",
                        "audit with index, peak less the index");
    }

    @Test
    void timesThatGrowFasterThanTheTreeMissTheirClaims() {
        assertThat(claims(size(1_000, 50, 60), size(100_000, 50, 60), size(1_000_000, 601, 60)))
                .filteredOn(claim -> claim.what().endsWith("time a pair (1,000,000 / 100,000)"))
                .hasSize(6)
                .noneMatch(Claim::held);
    }

    /** The figures that {@link #size} makes have an index of 100 bytes for each pair. */
    @Test
    void theSizeOfAnIndexThatIsOnlyReadIsSubtracted() {
        assertThat(claims(size(1_000, 50, 60), size(1_000_000, 50, 272)))
                .filteredOn(claim -> claim.unit().equals(" MB"))
                .extracting(Claim::what, Claim::measured, Claim::held)
                .containsExactly(
                        tuple("audit --no-index, peak", 272.0, false),
                        tuple("first refresh, peak", 272.0, false),
                        tuple("unchanged refresh, peak less the index", 172.0, false),
                        tuple("audit with index, peak less the index", 172.0, false),
                        tuple("repair, peak", 272.0, false),
                        tuple("undo, peak", 272.0, false));
    }

    @Test
    void aFailedRepairMissesItsClaimsAndIsReported() {
        SizeFigures large = size(100_000, 50, 60);
        Map<GrowthWork, TrialResult> results = new EnumMap<>(large.results());
        results.put(GrowthWork.REPAIR, new Failed("repair ended with 3: out of memory"));
        SizeFigures broken = new SizeFigures(100_000, large.indexBytes(), results);

        assertThat(claims(size(1_000, 50, 60), broken))
                .filteredOn(claim ->
                        claim.what().startsWith("repair") || claim.what().startsWith("undo / repair"))
                .hasSize(3)
                .noneMatch(Claim::held);
        assertThat(text(broken))
                .containsPattern("repair +failed")
                .contains("failed at 100,000 pairs: repair ended with 3: out of memory");
    }

    @Test
    void theTableHasAColumnForEachSize() {
        assertThat(text(size(1_000, 50, 60), size(10_000, 70, 80)))
                .containsPattern("wall ms, median +1,000 +10,000\n")
                .containsPattern("lookup +50\\.0 +70\\.0\n")
                .containsPattern("lookup +50\\.00 +7\\.00\n")
                .containsPattern("lookup +60\\.0 +80\\.0\n")
                .containsPattern("bytes a pair +100 +100\n");
    }

    @Test
    void allSizesUpToTheLargestAreMeasured() {
        assertThat(GrowthBench.sizes(14_000)).containsExactly(1_000, 10_000, 14_000);
        assertThat(GrowthBench.sizes(99_999)).containsExactly(1_000, 10_000, 14_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GrowthBench.sizes(999))
                .withMessage("--pairs needs at least 1000");
    }

    private static String text(SizeFigures... sizes) {
        return new GrowthFigures(List.of(sizes), "growth")
                .contents().stream().map(Content::text).collect(Collectors.joining());
    }

    private static List<Claim> claims(SizeFigures... sizes) {
        return new GrowthFigures(List.of(sizes), "growth").claims();
    }

    private static SizeFigures size(int pairs, long millis, long megabytes) {
        Map<GrowthWork, TrialResult> results = new EnumMap<>(GrowthWork.class);
        for (GrowthWork work : GrowthWork.values()) {
            Usage run = new Usage(millis * 1_000_000, 0, 0, megabytes * 15_625 / 16, 0);
            Contender contender = new Contender(work.label(), List.of("freshpyc"), Set.of(0));
            results.put(work, new Measured(new Series(contender, List.of(run, run, run))));
        }
        return new SizeFigures(pairs, 100L * pairs, results);
    }
}
