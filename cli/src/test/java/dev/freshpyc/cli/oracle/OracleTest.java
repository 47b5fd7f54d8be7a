package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the predictions of {@code audit} with the behavior of every available interpreter, for all cases of {@link
 * CaseTable}.
 */
class OracleTest {
    /**
     * The versions that the build provides for its platform. The test fails if an interpreter of such a version is
     * missing.
     */
    private static final List<String> REQUIRED = List.of("3.7", "3.11", "3.14");

    /** Whether all releases of a minor version are tested, or only the first release on the machine. */
    private static final boolean EVERY_RELEASE = Boolean.getBoolean("freshpyc.every.release");

    private static final int MAX_SHOWN = 20;

    private final ExecutorService workers =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    @TempDir
    Path scratch;

    @AfterEach
    void stopTheWorkers() {
        workers.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> theAuditPredictsEveryInterpreter() throws IOException {
        boolean supported = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        assumeTrue(supported, "NOT RUN: the build provides interpreters for Linux on x86-64 only");
        List<Interpreter> pythons = Interpreters.all();
        assertThat(REQUIRED)
                .allSatisfy(version -> assertThat(pythons)
                        .as("interpreters that run; those of the build are in target/cpython")
                        .anyMatch(python -> python.minorVersion().equals("cpython " + version)));
        var clock = new Clock(Interpreters.withFlags());
        Set<SourceTime> times = clock.keptIn(scratch);
        System.out.printf(
                "oracle: %d interpreters; %d of %d source times kept by the file system%n",
                pythons.size(), times.size(), SourceTime.values().length);
        return trials(pythons, times, clock).stream().map(this::test).toList().stream();
    }

    /**
     * Trials in all settings for the first interpreter of a minor version and, if {@link #EVERY_RELEASE} is set, in the
     * usual setting for its further releases.
     */
    private static List<Trial> trials(List<Interpreter> pythons, Set<SourceTime> times, Clock clock) {
        var seen = new HashSet<String>();
        var trials = new ArrayList<Trial>();
        for (Interpreter python : pythons) {
            boolean isFirst = seen.add(python.minorVersion());
            Setting.of(python)
                    .filter(setting -> isFirst || (EVERY_RELEASE && setting.equals(Setting.USUAL)))
                    .forEach(setting -> trials.add(new Trial(python, setting, times, clock)));
        }
        return trials;
    }

    /** Starts a trial in the background; the test waits for its end. */
    private DynamicTest test(Trial trial) {
        Callable<List<Disagreement>> task = () -> trial.run(Files.createTempDirectory(scratch, "tree"));
        Future<List<Disagreement>> outcome = workers.submit(task);
        return DynamicTest.dynamicTest(trial.toString(), () -> {
            List<Disagreement> disagreements = outcome.get();
            assertThat(disagreements.stream().limit(MAX_SHOWN))
                    .as("the first of %d disagreements with %s", disagreements.size(), trial)
                    .isEmpty();
        });
    }
}
