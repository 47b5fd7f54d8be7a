package dev.freshpyc.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.store.IndexInfo;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counting in and out, in the orders that threads meet only now and then. */
class SharedGenerationTest {

    private final FakeGeneration generation =
            new FakeGeneration(new IndexInfo(FakeStore.ENTRY, 1, 1, 1, 0, 0), Map.of());
    private final SharedGeneration shared = new SharedGeneration(generation);

    @Test
    void theOneWhoOpenedItKeepsItOpen() {
        assertThat(shared.enter()).isTrue();
        shared.leave();

        assertThat(generation.closed()).isFalse();
        assertThat(shared.enter()).isTrue();
    }

    @Test
    void theLastToLeaveClosesIt() {
        assertThat(shared.enter()).isTrue();
        shared.leave();
        shared.leave();

        assertThat(generation.closes).hasValue(1);
    }

    /** A reader took it for the current one, and was held up until it was replaced and closed. */
    @Test
    void nobodyEntersAfterThat() {
        shared.leave();

        assertThat(shared.enter()).isFalse();
        assertThat(shared.enter()).isFalse();
        assertThat(generation.closes).hasValue(1);
    }
}
