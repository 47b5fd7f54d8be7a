package dev.freshpyc.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.MeasuredSeries;
import dev.freshpyc.perf.measure.Race.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks the claims about audits of small and of large trees. */
class AuditFiguresTest {

    @Test
    void aSmallTreeMayTakeTwiceTheFloorAndHasNoMemoryClaim() {
        List<Claim> claims = figures(14_000).claims();

        assertThat(claims).extracting(Claim::measured).containsExactly(0.5, 2.0);
        assertThat(claims).extracting(Claim::held).containsExactly(false, true);
    }

    @Test
    void aLargeTreeMayTakeNoLongerThanTheFloorAndHasAMemoryClaim() {
        List<Claim> claims = figures(100_000).claims();

        assertThat(claims).extracting(Claim::measured).containsExactly(0.5, 2.0, 204.8);
        assertThat(claims).extracting(Claim::held).containsExactly(false, false, false);
    }

    private static AuditFigures figures(long pairs) {
        return new AuditFigures(pairs, series("audit", 200), series("floor", 100), series("peer", 400));
    }

    private static Series series(String name, long millis) {
        return MeasuredSeries.of(name, 200_000, millis, millis, millis);
    }
}
