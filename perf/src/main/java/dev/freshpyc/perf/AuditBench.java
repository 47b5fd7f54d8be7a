package dev.freshpyc.perf;

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

    private AuditBench() {}

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        BenchProgram program = new BenchProgram(
                "AuditBench",
                BenchOptions.USAGE,
                (scratch, options) -> new AuditBenchRun(options, scratch, System.out).run());
        System.exit(program.run(words));
    }
}
