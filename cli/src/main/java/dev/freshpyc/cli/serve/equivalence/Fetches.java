package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** The running questions to another server: a client can wait until their answers are stored. Thread-safe. */
public final class Fetches {

    private final Set<CountDownLatch> running = ConcurrentHashMap.newKeySet();

    /** A question to another server. */
    @FunctionalInterface
    interface Fetch<T> {
        T run() throws IOException, InterruptedException;
    }

    <T> T follow(Fetch<T> fetch) throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        running.add(ended);
        try {
            return fetch.run();
        } finally {
            running.remove(ended);
            ended.countDown();
        }
    }

    /** Waits for the questions that run now; returns their number. */
    public int await() throws InterruptedException {
        Set<CountDownLatch> now = Set.copyOf(running);
        for (CountDownLatch fetch : now) {
            fetch.await();
        }
        return now.size();
    }
}
