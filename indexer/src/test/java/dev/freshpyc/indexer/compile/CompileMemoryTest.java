package dev.freshpyc.indexer.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.indexer.compile.CompileMemory.Share;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compilations share the heap; a large source gets all of the shared heap and is compiled alone. */
@Timeout(120)
class CompileMemoryTest {

    private static final int MIB = 1 << 20;

    private final CompileMemory memory = CompileMemory.of(128 * MIB);

    @Test
    void manySmallSourcesAreCompiledAtOnce() throws Exception {
        Share[] shares = new Share[20];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = memory.share(10_000);
            assertThat(shares[i].isAll()).isFalse();
            assertThat(shares[i].limits().reply()).isBetween(3 * 4 * 10_000 / 3, MIB);
        }
        for (Share share : shares) {
            share.close();
        }
    }

    @Test
    void aLargeSourceGetsAllOfTheMemory() throws Exception {
        try (Share share = memory.share(7 * MIB)) {
            assertThat(share.isAll()).isTrue();
            assertThat(share.limits())
                    .isEqualTo(CompileLimits.DEFAULT.withSource(8 * MIB).withReply(16 * MIB));
        }
    }

    @Test
    void allMemoryIsGrantedOnlyWhenNoShareIsHeld() throws Exception {
        CompletableFuture<Boolean> all = new CompletableFuture<>();
        Thread waiting;
        try (Share _ = memory.share(1)) {
            waiting = Thread.ofPlatform().start(() -> {
                try (Share share = memory.all()) {
                    all.complete(share.isAll());
                } catch (InterruptedException ended) {
                    all.completeExceptionally(ended);
                }
            });
            while (waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(all).isNotDone();
        }
        assertThat(all).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(true);
        waiting.join();
    }

    @Test
    void aHugeHeapHasTheDefaultLimits() throws Exception {
        try (Share all = CompileMemory.of(1L << 45).all()) {
            assertThat(all.limits()).isEqualTo(CompileLimits.DEFAULT);
        }
    }
}
