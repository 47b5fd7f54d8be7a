package dev.freshpyc.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.store.IndexInfo;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls enter and leave in orders that concurrent threads reach only rarely. */
class SharedGenerationTest {

    private final FakeGeneration generation =
            new FakeGeneration(new IndexInfo(FakeStore.ENTRY, 1, 1, 1, 0, 0), Map.of());
    private final SharedGeneration shared = new SharedGeneration(generation);

    @Test
    void theOpenerKeepsTheGenerationOpen() {
        assertThat(shared.enter()).isTrue();
        shared.leave();

        assertThat(generation.closed()).isFalse();
        assertThat(shared.enter()).isTrue();
    }

    @Test
    void theLastLeaveClosesTheGeneration() {
        assertThat(shared.enter()).isTrue();
        shared.leave();
        shared.leave();

        assertThat(generation.closes).hasValue(1);
    }

    /** A reader may find the current generation, pause, and call enter only after the generation was replaced and closed. */
    @Test
    void aClosedGenerationCannotBeEntered() {
        shared.leave();

        assertThat(shared.enter()).isFalse();
        assertThat(shared.enter()).isFalse();
        assertThat(generation.closes).hasValue(1);
    }
}
