package dev.freshpyc.cli.serve.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The cache of answers expires leases and counts its use, on a clock that the test sets. */
class UnihashCacheTest {

    private static final TaskKey TASK = new TaskKey("m", "t");

    private long now;

    @Test
    void anAnswerWithAnExpiredLeaseIsAMiss() {
        UnihashCache cache = new UnihashCache(() -> now, Duration.ofNanos(10));
        assertThat(cache.get(TASK)).isEmpty();
        cache.put(TASK, new Lookups.Found("u", true), cache.now());
        now = 9;
        assertThat(cache.get(TASK)).contains("u");
        now = 10;

        assertThat(cache.get(TASK)).isEmpty();

        assertThat(cache.use()).isEqualTo(new CacheUse(1, 2, 1));
    }

    @Test
    void aTaskThatIsBeingSweptIsNotCached() {
        UnihashCache cache = new UnihashCache(() -> now, Duration.ofNanos(10));

        cache.put(TASK, new Lookups.Found("u", false), cache.now());

        assertThat(cache.use().size()).isZero();
    }
}
