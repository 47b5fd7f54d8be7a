package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An idle service collects its garbage once after each load. */
class IdleCollectionTest {

    private long collections = 7;
    private int fullCollections;
    private final IdleCollection idle = new IdleCollection(() -> collections, () -> {
        fullCollections++;
        collections++;
    });

    @Test
    void aServiceWithoutALoadCollectsNothing() {
        idle.look();
        idle.look();

        assertThat(fullCollections).isZero();
    }

    @Test
    void aServiceCollectsOnceAfterALoadAndNeverDuringTheLoad() {
        for (int interval = 0; interval < 3; interval++) {
            collections += 20;
            idle.look();
        }
        assertThat(fullCollections).isZero();

        idle.look();
        idle.look();
        idle.look();

        assertThat(fullCollections).isOne();
    }

    @Test
    void aServiceCollectsAfterEveryLoad() {
        for (int load = 0; load < 2; load++) {
            collections++;
            idle.look();
            idle.look();
        }

        assertThat(fullCollections).isEqualTo(2);
    }
}
