package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An interpreter that does not answer within its time limit, as on a loaded machine. */
@Timeout(120)
class SlowInterpreterTest {

    @TempDir
    Path directory = Path.of("");

    private Path python = Path.of("");
    private Path lib = Path.of("");

    @BeforeEach
    void makeTree() throws IOException {
        lib = Files.createDirectory(directory.resolve("lib"));
        new Pairs(lib).stale("a");
        python = Shell.writeScript(directory.resolve("python"), "#!/bin/sh\nsleep 2.5\nexec python3 \"$@\"\n");
    }

    @Test
    void aGivenPathIsJudgedWithoutTheInterpreter() {
        CommandLineRun run = audit("1", lib);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("\"verdict\":\"stale\"");
        assertThat(run.err())
                .contains("did not answer within 1 s", "--python-timeout SECONDS gives it more time")
                .hasLineCount(1);
    }

    @Test
    void aFileIsExplainedWithoutTheInterpreter() {
        CommandLineRun run =
                CommandLineRun.of("explain", "--python", python, "--python-timeout", "1", lib.resolve("a.py"));

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("stale");
    }

    @Test
    void theTimeLimitCanBeRaised() {
        CommandLineRun run = audit("60", lib);

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void anAuditOfTheInterpretersPathFails() {
        CommandLineRun run = CommandLineRun.of(
                "audit", "--no-index", "--format", "jsonl", "--python", python, "--python-timeout", "1");

        assertThat(run.complaint(3)).contains("did not answer within 1 s", "--python-timeout");
    }

    /** A refresh and a repair do not need the interpreter for a given path. */
    @Test
    void refreshAndRepairContinueWithoutTheInterpreter() {
        Path index = directory.resolve("index");

        assertThat(CommandLineRun.of("refresh", "--index", index, "--python", python, "--python-timeout", "1", lib)
                        .out())
                .startsWith("1 seen");
        assertThat(CommandLineRun.of(
                                "repair",
                                "--dry-run",
                                "--index",
                                index,
                                "--python",
                                python,
                                "--python-timeout",
                                "1",
                                lib)
                        .out())
                .startsWith("1 seen");
    }

    private CommandLineRun audit(String limit, Path... paths) {
        return CommandLineRun.of(
                "audit", "--no-index", "--format", "jsonl", "--python", python, "--python-timeout", limit, paths);
    }
}
