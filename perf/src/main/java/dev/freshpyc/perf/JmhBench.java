package dev.freshpyc.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the JMH benchmark of lookups, which lies among the tests, as Maven's profile {@code jmh} does. JMH is in no distribution,
 * so that this needs the sources and Maven.
 */
final class JmhBench {

    private JmhBench() {}

    /** Measures and prints the figures. */
    static void run(BenchRun run) throws IOException, InterruptedException {
        if (!Files.exists(Path.of("perf", "pom.xml"))) {
            throw new IOException("the benchmark is among the tests: run this in the root of the sources");
        }
        run.printHeader(run.freshpyc().requiredVersion(run.processes()), "JMH");
        Path report = run.scratch().resolve("jmh.csv");
        run.output(List.of(
                "mvn",
                "-B",
                "-q",
                "-Pjmh",
                "-pl",
                "perf",
                "-am",
                "-DskipTests",
                "-Djmh.args=LookupBenchmark -rf csv -rff " + report,
                "test"));
        JmhFigures figures = JmhFigures.parse(Files.readAllLines(report));
        figures.contents().forEach(run::print);
        run.printClaims(figures.claims());
    }
}
