package dev.freshpyc.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.MeasuredSeries;
import dev.freshpyc.perf.measure.Race.Series;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks which two programs each claim about proofs compares. */
class ProofFiguresTest {

    @Test
    void eachClaimComparesItsTwoPrograms() {
        List<Series> inTurns = List.of(
                series("first", 110, 3),
                series("no proofs", 100, 3),
                series("copy first", 200, 3),
                series("copy audit", 300, 3),
                series("copy repair", 400, 3),
                series("compileall", 8_000, 1),
                series("verify", 16_000, 1),
                series("again", 90, 3),
                series("unchanged", 60, 3));

        List<Claim> claims = new ProofFigures(14_000, 700_000, inTurns).claims();

        assertThat(claims).extracting(Claim::measured).containsExactly(1.1, 1.5, 20.0, 2.0, 1.5, 50.0);
        assertThat(claims).extracting(Claim::held).containsExactly(true, false, true, false, true, true);
        assertThat(claims).extracting(Claim::what).allMatch(what -> what.endsWith("(14,000 pairs)"));
    }

    private static Series series(String name, long millis, int runs) {
        long[] each = new long[runs];
        Arrays.fill(each, millis);
        return MeasuredSeries.of(name, 200_000, each);
    }
}
