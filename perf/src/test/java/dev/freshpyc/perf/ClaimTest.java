package dev.freshpyc.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.perf.measure.Contender;
import dev.freshpyc.perf.measure.Series;
import dev.freshpyc.perf.measure.Usage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which claims a measurement bears, and how they are judged. */
class ClaimTest {

    @Test
    void limitItselfIsHeld() {
        assertThat(new Claim("audit / floor", 0.40, 0.40, "").toString())
                .matches("held +audit / floor +0\\.40, claimed at most 0\\.40");
        assertThat(new Claim("--version", 100.5, 100, " ms").toString())
                .matches("missed +--version +100\\.50 ms, claimed at most 100\\.00 ms");
    }

    @Test
    void limitMayBeTheLeast() {
        assertThat(Claim.atLeast("hashed", 1.5, 1.5, " GB/s").toString())
                .matches("held +hashed +1\\.50 GB/s, claimed at least 1\\.50 GB/s");
        assertThat(Claim.atLeast("hashed", 1.4, 1.5, " GB/s").held()).isFalse();
    }

    @Test
    void smallTreeIsAllowedTwiceTheFloorAndBearsNoClaimOfMemory() {
        List<Claim> claims = figures(14_000).claims();

        assertThat(claims).extracting(Claim::measured).containsExactly(0.5, 2.0);
        assertThat(claims).extracting(Claim::held).containsExactly(false, true);
    }

    @Test
    void largeTreeIsAllowedTheFloorItself() {
        List<Claim> claims = figures(100_000).claims();

        assertThat(claims).extracting(Claim::measured).containsExactly(0.5, 2.0, 204.8);
        assertThat(claims).extracting(Claim::held).containsExactly(false, false, false);
    }

    private static Figures figures(long pairs) {
        return new Figures(pairs, series("audit", 200), series("floor", 100), series("peer", 400));
    }

    private static Series series(String name, long millis) {
        Usage run = new Usage(millis * 1_000_000, 0, millis * 1_000, 200_000, 0);
        return new Series(new Contender(name, List.of(name), Set.of(0)), List.of(run, run, run));
    }
}
