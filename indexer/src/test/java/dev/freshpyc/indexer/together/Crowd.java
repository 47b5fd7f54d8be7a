package dev.freshpyc.indexer.together;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that each do one thing again and again, and whose rounds can be waited for. */
final class Crowd implements AutoCloseable {

    /** So long that no machine is that slow: whoever is not done then waits for somebody. */
    private static final long FOR_EVER = TimeUnit.SECONDS.toNanos(30);

    private final List<Thread> threads = new ArrayList<>();
    private final List<AtomicLong> rounds = new ArrayList<>();
    private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    private volatile boolean ended;

    /** Something that is done in each round. */
    @FunctionalInterface
    interface Deed {
        void run() throws Exception;
    }

    void add(int times, Deed deed) {
        for (int i = 0; i < times; i++) {
            AtomicLong done = new AtomicLong();
            rounds.add(done);
            threads.add(Thread.ofPlatform().daemon().start(() -> repeat(deed, done)));
        }
    }

    /** Waits until everybody has begun and ended a round from now on. */
    void awaitAnotherRound() throws InterruptedException {
        List<Long> before = rounds.stream().map(AtomicLong::get).toList();
        long deadline = System.nanoTime() + FOR_EVER;
        for (int i = 0; i < before.size(); i++) {
            while (rounds.get(i).get() < before.get(i) + 2) {
                requireNoFailure();
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("somebody waits; stack of one: "
                            + List.of(threads.get(i).getStackTrace()));
                }
                Thread.sleep(1);
            }
        }
    }

    /** Ends everybody's last round; how many there were. */
    long end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join(TimeUnit.NANOSECONDS.toMillis(FOR_EVER));
        }
        requireNoFailure();
        return rounds.stream().mapToLong(AtomicLong::get).sum();
    }

    @Override
    public void close() {
        ended = true;
    }

    private void repeat(Deed deed, AtomicLong done) {
        try {
            while (!ended) {
                deed.run();
                done.incrementAndGet();
            }
        } catch (Throwable failed) {
            failure.compareAndSet(Optional.empty(), Optional.of(failed));
        }
    }

    private void requireNoFailure() {
        failure.get().ifPresent(failed -> {
            throw new AssertionError("one of them failed: " + failed, failed);
        });
    }
}
