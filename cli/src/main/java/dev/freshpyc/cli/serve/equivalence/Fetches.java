package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** The questions to another server that go on, so that a client can wait until their answers are stored. Any thread may call it. */
public final class Fetches {

    private final Set<CountDownLatch> goingOn = ConcurrentHashMap.newKeySet();

    /** A question to another server. */
    @FunctionalInterface
    interface Fetch<T> {
        T run() throws IOException, InterruptedException;
    }

    <T> T follow(Fetch<T> fetch) throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        goingOn.add(ended);
        try {
            return fetch.run();
        } finally {
            goingOn.remove(ended);
            ended.countDown();
        }
    }

    /** Waits for the questions that go on now. The result is their number. */
    public int await() throws InterruptedException {
        Set<CountDownLatch> now = Set.copyOf(goingOn);
        for (CountDownLatch fetch : now) {
            fetch.await();
        }
        return now.size();
    }
}
