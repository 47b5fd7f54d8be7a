package dev.freshpyc.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures {@code freshpyc audit} as a whole process against {@code python3 -m compileall -q} and against the C floor, and says
 * of each claim whether it was held.
 *
 * <p>Built with the rest by {@code mvn package}, it runs on the distribution's own runtime:
 *
 * <pre>{@code
 * cli/target/freshpyc/runtime/bin/java -m dev.freshpyc/dev.freshpyc.perf.AuditBench
 * }</pre>
 *
 * <p>Workload: a tree of real packages, all bytecode up to date, warm page cache. The exit code is 0 whenever the measurement
 * worked, claims missed or not: a shared machine must never fail a build. It is 1 when it did not work, 2 for wrong usage.
 */
public final class AuditBench {

    private static final long CLEANING_MILLIS = 60_000;

    private AuditBench() {}

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        if (words.length == 1 && words[0].equals("--help")) {
            System.out.print(BenchOptions.USAGE);
            return;
        }
        try {
            System.exit(run(BenchOptions.parse(words)));
        } catch (IllegalArgumentException e) {
            System.err.println("AuditBench: " + e.getMessage());
            System.err.print(BenchOptions.USAGE);
            System.exit(2);
        }
    }

    /** Works in a thread of its own, which an interruption of the program interrupts and then waits for while it cleans up. */
    private static int run(BenchOptions options) throws InterruptedException {
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

    private static int measured(BenchOptions options) {
        try {
            inScratch(options);
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("AuditBench: " + e.getMessage());
        } catch (InterruptedException e) {
            System.err.println("AuditBench: interrupted");
        }
        return 1;
    }

    private static void inScratch(BenchOptions options) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory(options.folder(), "audit-bench-");
        try {
            new AuditBenchRun(options, scratch, System.out).run();
        } finally {
            if (options.keep()) {
                System.out.println("kept: " + scratch);
            } else {
                BenchTree.delete(scratch);
            }
        }
    }
}
