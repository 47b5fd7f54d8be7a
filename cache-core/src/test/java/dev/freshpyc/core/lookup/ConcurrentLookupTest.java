package dev.freshpyc.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Follows new generations and closes lookups while other threads read. */
@Timeout(60)
class ConcurrentLookupTest {

    private static final RawPath SOURCE = RawPath.of("a.py");
    private static final int READERS = 4;
    private static final int GENERATIONS = 2_000;

    private final FakeStore store = new FakeStore();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch readStarted = new CountDownLatch(1);
    private final CountDownLatch readMayFinish = new CountDownLatch(1);

    @AfterEach
    void stopThreads() throws InterruptedException {
        readMayFinish.countDown();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRunningReadKeepsTheOldGenerationOpenAndBlocksNobody() throws Exception {
        store.publish(1, "a.py");
        try (IndexLookup lookup = open(IndexLookup.NEAR_BYTES)) {
            Future<Optional<SourceRecord>> slow = readSlowly(lookup);
            store.publish(2, "a.py");

            assertThat(lookup.follow()).isTrue();
            assertThat(lookup.get(SOURCE)).contains(FakeStore.record(2));
            assertThat(store.opened.getFirst().closed()).isFalse();

            readMayFinish.countDown();
            assertThat(slow.get()).contains(FakeStore.record(1));
            assertThat(store.opened.getFirst().closes).hasValue(1);
            assertThat(lookup.get(SOURCE)).contains(FakeStore.record(2));
        }
    }

    @Test
    void closingLetsRunningReadsFinish() throws Exception {
        store.publish(1, "a.py");
        IndexLookup lookup = open(IndexLookup.NEAR_BYTES);
        Future<Optional<SourceRecord>> slow = readSlowly(lookup);

        lookup.close();

        assertThatIllegalStateException().isThrownBy(() -> lookup.get(SOURCE));
        assertThat(store.opened.getFirst().closed()).isFalse();
        readMayFinish.countDown();
        assertThat(slow.get()).contains(FakeStore.record(1));
        assertThat(store.opened.getFirst().closes).hasValue(1);
    }

    /** Without a near cache every read uses the generation, so many reads run while the generation is replaced. */
    @ParameterizedTest
    @ValueSource(longs = {0, IndexLookup.NEAR_BYTES})
    void readersSeeGenerationsInOrderAndNeverAClosedGeneration(long nearBytes) throws Exception {
        store.publish(1, "a.py");
        AtomicBoolean done = new AtomicBoolean();
        try (IndexLookup lookup = open(nearBytes)) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> readUntilDone(done, lookup)));
            }
            for (int size = 2; size <= GENERATIONS; size++) {
                store.publish(size, "a.py");
                assertThat(lookup.follow()).isTrue();
            }
            done.set(true);
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isEqualTo(GENERATIONS);
            }
        }
        assertThat(store.opened).hasSize(GENERATIONS).allMatch(generation -> generation.closes.get() == 1);
    }

    @Test
    void twoConcurrentFollowsOpenTheNewGenerationOnce() throws Exception {
        store.publish(1);
        try (IndexLookup lookup = open(0)) {
            for (int round = 2; round < 200; round++) {
                store.publish(round);
                Future<Boolean> other = threads.submit(lookup::follow);
                boolean mine = lookup.follow();
                assertThat(mine ^ other.get()).isTrue();
                assertThat(store.opened).hasSize(round);
            }
        }
    }

    /** Reads until {@code done} is set and then once more. Returns the last size that was read. */
    private static long readUntilDone(AtomicBoolean done, IndexLookup lookup) {
        long last = 0;
        boolean more = true;
        while (more) {
            more = !done.get();
            long before = lookup.info().generation();
            long seen = FakeStore.size(lookup.get(SOURCE).orElseThrow());
            assertThat(seen).isBetween(Math.max(last, before), lookup.info().generation());
            last = seen;
        }
        return last;
    }

    private Future<Optional<SourceRecord>> readSlowly(IndexLookup lookup) throws InterruptedException {
        store.opened.getFirst().whileReading = () -> {
            readStarted.countDown();
            awaitReadMayFinish();
        };
        Future<Optional<SourceRecord>> slow = threads.submit(() -> lookup.get(SOURCE));
        readStarted.await();
        return slow;
    }

    private void awaitReadMayFinish() {
        try {
            readMayFinish.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private IndexLookup open(long nearBytes) throws Exception {
        return IndexLookup.open(store, FakeStore.ENTRY, nearBytes).orElseThrow();
    }
}
