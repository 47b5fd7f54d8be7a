package dev.freshpyc.perf;

import dev.freshpyc.perf.tree.BenchTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The frame of a bench: parses the command line, runs the measurement in a scratch directory, deletes the directory.
 *
 * <p>The exit code is 0 if the measurement worked, even if a claim was missed: a shared machine must never fail a build. The
 * exit code is 1 if the measurement failed, 2 for wrong usage.
 *
 * @param usage the output of {@code --help}
 */
record BenchProgram(String name, String usage, Measurement measurement) {

    private static final long CLEANING_MILLIS = 60_000;

    /** What a bench does with its programs and trees; prints the figures. */
    @FunctionalInterface
    interface Measurement {
        void measure(BenchRun run) throws IOException, InterruptedException;
    }

    int run(String... words) throws InterruptedException {
        if (words.length == 1 && words[0].equals("--help")) {
            System.out.print(usage);
            return 0;
        }
        try {
            return interruptibly(BenchOptions.parse(words));
        } catch (IllegalArgumentException e) {
            System.err.println(name + ": " + e.getMessage());
            System.err.print(usage);
            return 2;
        }
    }

    /** Measures in a thread of its own. When the program is interrupted, a shutdown hook interrupts the thread and waits for its clean-up. */
    private int interruptibly(BenchOptions options) throws InterruptedException {
        AtomicInteger status = new AtomicInteger(1);
        Thread worker = new Thread(() -> status.set(measured(options)), "bench");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            worker.interrupt();
            try {
                worker.join(CLEANING_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        worker.start();
        worker.join();
        return status.get();
    }

    private int measured(BenchOptions options) {
        try {
            inScratch(options);
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(name + ": " + e.getMessage());
        } catch (InterruptedException e) {
            System.err.println(name + ": interrupted");
        }
        return 1;
    }

    private void inScratch(BenchOptions options) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory(options.folder(), name + "-");
        try {
            measurement.measure(new BenchRun(options, scratch, System.out));
        } finally {
            if (options.keep()) {
                System.out.println("kept: " + scratch);
            } else {
                BenchTree.delete(scratch);
            }
        }
    }
}
