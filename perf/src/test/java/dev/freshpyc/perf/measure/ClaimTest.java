package dev.freshpyc.perf.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How a claim is judged and printed. */
class ClaimTest {

    @Test
    void aClaimIsHeldAtItsLimit() {
        assertThat(new Claim("audit / floor", 0.40, 0.40, "").toString())
                .matches("held +audit / floor +0\\.40, claimed at most 0\\.40");
        assertThat(new Claim("--version", 100.5, 100, " ms").toString())
                .matches("missed +--version +100\\.50 ms, claimed at most 100\\.00 ms");
    }

    @Test
    void aClaimMayHaveALowerLimit() {
        assertThat(Claim.atLeast("hashed", 1.5, 1.5, " GB/s").toString())
                .matches("held +hashed +1\\.50 GB/s, claimed at least 1\\.50 GB/s");
        assertThat(Claim.atLeast("hashed", 1.4, 1.5, " GB/s").held()).isFalse();
    }
}
