package dev.freshpyc.perf.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.perf.measure.Race.Contender;
import dev.freshpyc.perf.measure.Trials.Failed;
import dev.freshpyc.perf.measure.Trials.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a failed program does not stop the other programs, and that long programs run less often. */
@EnabledOnOs(OS.LINUX)
class TrialsTest {

    private static final int ROUNDS = 5;

    @TempDir
    Path folder;

    @BeforeEach
    void create() throws IOException {
        Files.createDirectory(folder.resolve("scratch"));
    }

    @Test
    void aFailedProgramIsReportedAndTheOtherProgramsAreMeasured() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Contender failing = contender("repair", "echo no room >&2; seq 1000 >&2; exit 3", tries::incrementAndGet);

        List<Trials.TrialResult> results = trials(1).run(List.of(failing, contender("audit", "exit 0", () -> {})));

        assertThat(results.getFirst()).isEqualTo(new Failed("repair ended with 3: no room"));
        assertThat(tries).hasValue(1);
        assertThat(runs(results.getLast())).isEqualTo(ROUNDS);
    }

    @Test
    void aProgramWhoseStateCannotBeRestoredFails() throws Exception {
        Contender failing = contender("undo", "exit 0", () -> {
            throw new IOException("nothing to undo");
        });

        assertThat(trials(1).run(List.of(failing))).containsExactly(new Failed("nothing to undo"));
    }

    @Test
    void aLongProgramRunsLessOften() throws Exception {
        assertThat(runs(trials(8_000)
                        .run(List.of(contender("audit", "exit 0", () -> {})))
                        .getFirst()))
                .isEqualTo(2);
    }

    @Test
    void theFirstRunOfAVeryLongProgramCounts() throws Exception {
        AtomicInteger tries = new AtomicInteger();

        assertThat(runs(trials(30_000)
                        .run(List.of(contender("audit", "exit 0", tries::incrementAndGet)))
                        .getFirst()))
                .isEqualTo(1);
        assertThat(tries).hasValue(1);
    }

    /** Trials whose measuring program reports {@code millis} for every run. */
    private Trials trials(long millis) throws IOException {
        Path measure = folder.resolve("measure");
        Files.writeString(measure, """
                #!/bin/sh
                "$@" >/dev/null
                echo "wall_ns=%d000000 user_us=0 system_us=0 peak_kib=1 status=$?"
                """.formatted(millis));
        Files.setPosixFilePermissions(measure, PosixFilePermissions.fromString("rwx------"));
        return new Trials(new Race(new ChildProcesses(folder.resolve("scratch")), measure, ROUNDS));
    }

    private static Contender contender(String name, String script, Contender.Preparation before) {
        return new Contender(name, List.of("sh", "-c", script), Set.of(0), before);
    }

    private static int runs(Trials.TrialResult result) {
        assertThat(result).isInstanceOf(Measured.class);
        return ((Measured) result).series().runs().size();
    }
}
