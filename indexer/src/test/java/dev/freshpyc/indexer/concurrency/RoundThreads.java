package dev.freshpyc.indexer.concurrency;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that each repeat one action; a caller can wait until each thread has completed another round. */
final class RoundThreads implements AutoCloseable {

    /** Far longer than a round takes on any machine: a thread without a round in this time is blocked. */
    private static final long BLOCKED_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final List<Thread> threads = new ArrayList<>();
    private final List<AtomicLong> rounds = new ArrayList<>();
    private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    private volatile boolean ended;

    /** Notified when a thread has completed a round or has failed. */
    private final Object completion = new Object();

    /** The action of a thread in each round. */
    @FunctionalInterface
    interface Round {
        void run() throws Exception;
    }

    void add(int number, Round round) {
        for (int i = 0; i < number; i++) {
            AtomicLong completed = new AtomicLong();
            rounds.add(completed);
            threads.add(Thread.ofPlatform().daemon().start(() -> repeat(round, completed)));
        }
    }

    /** Waits until each thread has begun and completed a round since this call. */
    void awaitAnotherRound() throws InterruptedException {
        List<Long> before = rounds.stream().map(AtomicLong::get).toList();
        long deadline = System.nanoTime() + BLOCKED_NANOS;
        synchronized (completion) {
            for (int i = 0; i < before.size(); i++) {
                while (rounds.get(i).get() < before.get(i) + 2) {
                    requireNoFailure();
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        throw new AssertionError("a thread is blocked at "
                                + List.of(threads.get(i).getStackTrace()));
                    }
                    TimeUnit.NANOSECONDS.timedWait(completion, left);
                }
            }
        }
    }

    /** Waits for each thread's last round, and returns the number of all rounds. */
    long end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join(TimeUnit.NANOSECONDS.toMillis(BLOCKED_NANOS));
        }
        requireNoFailure();
        return rounds.stream().mapToLong(AtomicLong::get).sum();
    }

    @Override
    public void close() {
        ended = true;
    }

    private void repeat(Round round, AtomicLong completed) {
        try {
            while (!ended) {
                round.run();
                completed.incrementAndGet();
                notifyWaiters();
            }
        } catch (Throwable failed) {
            failure.compareAndSet(Optional.empty(), Optional.of(failed));
            notifyWaiters();
        }
    }

    private void notifyWaiters() {
        synchronized (completion) {
            completion.notifyAll();
        }
    }

    private void requireNoFailure() {
        failure.get().ifPresent(failed -> {
            throw new AssertionError("a thread failed: " + failed, failed);
        });
    }
}
