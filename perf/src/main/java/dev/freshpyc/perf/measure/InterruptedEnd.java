package dev.freshpyc.perf.measure;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a measurement clean up when a signal ends the program: the measuring thread is interrupted, and the program ends
 * when the thread has left the measurement. Otherwise the processes and files of the measurement would stay.
 */
public final class InterruptedEnd implements AutoCloseable {

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private InterruptedEnd(Thread measuring, Duration patience) {
        hook = new Thread(() -> {
            measuring.interrupt();
            try {
                var _ = done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /**
     * Begins to watch for signals during a measurement in this thread.
     *
     * @param patience how long the program waits for the thread
     */
    public static InterruptedEnd ofThisThread(Duration patience) {
        InterruptedEnd end = new InterruptedEnd(Thread.currentThread(), patience);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    /** Says that everything is cleaned up. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The program is ending, and the hook runs.
        }
    }
}
