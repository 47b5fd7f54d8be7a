package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.host.Terminal;
import dev.freshpyc.indexer.progress.ProgressMeter.Progress;
import dev.freshpyc.indexer.progress.ProgressMeter.Stage;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows progress on a terminal. A run of less than a second shows nothing, and pays only for a thread that sleeps. */
public final class RunProgress implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofMillis(200);
    private static final int STANDARD_ERROR = 2;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Supplier<Progress> progress;
    private final PrintStream err;
    private final Thread thread;

    private RunProgress(Supplier<Progress> progress, PrintStream err) {
        this.progress = progress;
        this.err = err;
        this.thread = Thread.ofPlatform().daemon().name("progress").unstarted(this::show);
    }

    /** Starts the display; does nothing when standard error is no terminal, or when {@code quiet}. */
    public static RunProgress start(Supplier<Progress> progress, PrintStream err, boolean quiet) {
        RunProgress shown = new RunProgress(progress, err);
        if (!quiet && Terminal.isTerminal(STANDARD_ERROR)) {
            shown.thread.start();
        }
        return shown;
    }

    /** Removes the bar from the screen. */
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
            boolean ended = await(PATIENCE);
            while (!ended) {
                ended = showStage(progress.get());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shows a bar until the stage is over; returns whether the run is over as well. */
    private boolean showStage(Progress first) throws InterruptedException {
        ProgressBarBuilder builder = ProgressBar.builder()
                .setTaskName(first.stage().name().toLowerCase(Locale.ROOT))
                .setInitialMax(first.total().orElse(-1))
                .setUnit(unit(first.stage()), 1)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .hideEta()
                .setConsumer(new ConsoleProgressBarConsumer(err));
        try (ProgressBar bar = builder.build()) {
            Progress now = first;
            while (now.stage() == first.stage()) {
                bar.stepTo(now.done());
                if (await(REFRESH)) {
                    return true;
                }
                now = progress.get();
            }
        }
        return false;
    }

    private static String unit(Stage stage) {
        return switch (stage) {
            case READING -> " directories";
            case COMPILING -> " sources";
            case PREPARING, WRITING -> " files";
            case MEASURING -> "";
        };
    }

    private boolean await(Duration time) throws InterruptedException {
        return done.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
