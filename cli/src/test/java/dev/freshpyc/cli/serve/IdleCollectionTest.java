package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When an idle service collects its garbage. */
class IdleCollectionTest {

    private long collections = 7;
    private int full;
    private final IdleCollection idle = new IdleCollection(() -> collections, () -> {
        full++;
        collections++;
    });

    @Test
    void aServiceWithoutALoadDoesNotCollect() {
        idle.look();
        idle.look();

        assertThat(full).isZero();
    }

    @Test
    void aLoadIsLeftAloneAndCollectedOnceWhenItIsOver() {
        for (int interval = 0; interval < 3; interval++) {
            collections += 20;
            idle.look();
        }
        assertThat(full).isZero();

        idle.look();
        idle.look();
        idle.look();

        assertThat(full).isOne();
    }

    @Test
    void everyLoadIsCollected() {
        for (int load = 0; load < 2; load++) {
            collections++;
            idle.look();
            idle.look();
        }

        assertThat(full).isEqualTo(2);
    }
}
