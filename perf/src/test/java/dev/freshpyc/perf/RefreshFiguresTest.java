package dev.freshpyc.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.MeasuredSeries;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.report.Content;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rates and claims computed from measured times and sizes. */
class RefreshFiguresTest {

    @Test
    void aRateIsBasedOnTheTimeBeyondTheBaseline() {
        assertThat(figures(14_000).wholeRate()).isCloseTo(2.0, within(1e-9));
        assertThat(figures(14_000).hashRate()).isCloseTo(4.0, within(1e-9));
    }

    /** Both series are slow in the third round, so the medians give a higher rate than the rounds do. */
    @Test
    void aRateIsTheSmallerOfTheRatesByMediansAndByRounds() {
        RefreshFigures figures = new RefreshFigures(
                14_000,
                400_000_000,
                1,
                128,
                List.of(
                        series("first", 300, 350, 900),
                        series("unhashed", 100, 250, 300),
                        series("floor", 1),
                        series("empty", 100, 250, 300),
                        series("unchanged", 1),
                        series("audit", 1),
                        series("lookup", 1),
                        series("unverified", 1),
                        series("unforced", 1),
                        series("with snapshot", 1)),
                series("changed", 1));

        assertThat(figures.wholeRate()).isCloseTo(2.0, within(1e-9));
        assertThat(figures.hashRate()).isCloseTo(2.0, within(1e-9));
    }

    @Test
    void aSmallTreeHasNoClaimsAboutTenPathsAndTheHeap() {
        assertThat(figures(14_000).claims()).extracting(Claim::measured).containsExactly(4.0, 2.0, 1.1, 140.0, 300.0);
        assertThat(figures(14_000).claims()).allMatch(Claim::held);
    }

    @Test
    void aLargeTreeHasAllClaims() {
        List<Claim> claims = figures(100_000).claims();

        assertThat(claims).extracting(Claim::measured).containsExactly(4.0, 2.0, 1.1, 140.0, 300.0, 251.0, 128.0);
        assertThat(claims).extracting(Claim::held).containsExactly(true, true, true, true, true, false, true);
    }

    @Test
    void theTableShowsEveryContender() {
        assertThat(figures(14_000).contents().stream().map(Content::text).collect(Collectors.joining()))
                .contains("first", "unhashed", "floor", "empty", "unchanged", "audit", "lookup", "changed")
                .contains("unverified", "unforced", "with snapshot")
                .contains("2.00 GB/s in all", "4.00 GB/s the hashing", "2.50 GB/s the floor", "300 bytes a pair");
    }

    private static RefreshFigures figures(long pairs) {
        List<Series> inTurns = List.of(
                series("first", 300, 300, 300),
                series("unhashed", 200, 200, 200),
                series("floor", 160, 160, 160),
                series("empty", 100, 100, 100),
                series("unchanged", 220, 220, 220),
                series("audit", 200, 200, 200),
                series("lookup", 140, 140, 140),
                series("unverified", 210, 210, 210),
                series("unforced", 270, 270, 270),
                series("with snapshot", 450, 450, 450));
        return new RefreshFigures(pairs, 400_000_000, 300 * pairs, 128, inTurns, series("changed", 251, 251, 251));
    }

    private static Series series(String name, long... millis) {
        return MeasuredSeries.of(name, 50_000, millis);
    }
}
