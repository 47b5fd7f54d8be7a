package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.InterruptedEnd;
import dev.freshpyc.perf.tree.BenchTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The frame of a bench: parses the command line, runs the measurement in a scratch directory, deletes the directory.
 *
 * <p>The exit code is 0 if the measurement worked, even if a claim was missed: a shared machine must never fail a build. The
 * exit code is 1 if the measurement failed, 2 for wrong usage.
 *
 * @param usage the output of {@code --help}
 */
record BenchProgram(String name, String usage, Measurement measurement) {

    private static final Duration CLEANING = Duration.ofMinutes(1);

    /** What a bench does with its programs and trees; prints the figures. */
    @FunctionalInterface
    interface Measurement {
        void measure(BenchRun run) throws IOException, InterruptedException;
    }

    int run(String... words) {
        if (words.length == 1 && words[0].equals("--help")) {
            System.out.print(usage);
            return 0;
        }
        try {
            return measured(BenchOptions.parse(words));
        } catch (IllegalArgumentException e) {
            System.err.println(name + ": " + e.getMessage());
            System.err.print(usage);
            return 2;
        }
    }

    private int measured(BenchOptions options) {
        try (InterruptedEnd _ = InterruptedEnd.ofThisThread(CLEANING)) {
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
