package dev.freshpyc.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bench as a program: from its words to its exit code, in a scratch directory that is gone afterwards.
 *
 * <p>The exit code is 0 whenever the measurement worked, claims missed or not: a shared machine must never fail a build. It is 1
 * when it did not work, 2 for wrong usage.
 *
 * @param usage what {@code --help} shows
 */
record BenchProgram(String name, String usage, Work work) {

    private static final long CLEANING_MILLIS = 60_000;

    /** What is measured. */
    @FunctionalInterface
    interface Work {
        void in(Path scratch, BenchOptions options) throws IOException, InterruptedException;
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

    /** Works in a thread of its own, which an interruption of the program interrupts and then waits for while it cleans up. */
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
            work.in(scratch, options);
        } finally {
            if (options.keep()) {
                System.out.println("kept: " + scratch);
            } else {
                BenchTree.delete(scratch);
            }
        }
    }
}
