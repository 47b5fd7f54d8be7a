package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.libc.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on a terminal that a long walk goes on. A walk of less than a second shows nothing, and costs a sleeping thread. */
public final class ScanProgress implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofMillis(200);
    private static final int STANDARD_ERROR = 2;

    private final CountDownLatch done = new CountDownLatch(1);
    private final LongSupplier directories;
    private final PrintStream err;
    private final Thread thread;

    private ScanProgress(LongSupplier directories, PrintStream err) {
        this.directories = directories;
        this.err = err;
        this.thread = Thread.ofPlatform().daemon().name("progress").unstarted(this::show);
    }

    /** Begins to watch; does nothing where standard error is no terminal or {@code quiet} is wished. */
    public static ScanProgress start(LongSupplier directories, PrintStream err, boolean quiet) {
        ScanProgress progress = new ScanProgress(directories, err);
        if (!quiet && Terminal.isTerminal(STANDARD_ERROR)) {
            progress.thread.start();
        }
        return progress;
    }

    /** Takes the bar off the screen before anything else is printed. */
    @Override
    public void close() {
        done.countDown();
        try {
            thread.join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        try {
            if (!await(PATIENCE)) {
                showBar();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void showBar() throws InterruptedException {
        ProgressBarBuilder builder = ProgressBar.builder()
                .setTaskName("reading")
                .setInitialMax(-1)
                .setUnit(" directories", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .hideEta()
                .setConsumer(new ConsoleProgressBarConsumer(err));
        try (ProgressBar bar = builder.build()) {
            do {
                bar.stepTo(directories.getAsLong());
            } while (!await(REFRESH));
        }
    }

    private boolean await(Duration time) throws InterruptedException {
        return done.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
