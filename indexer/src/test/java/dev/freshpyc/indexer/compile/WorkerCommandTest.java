package dev.freshpyc.indexer.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.indexer.compile.CompileOutcome.Compiled;
import dev.freshpyc.indexer.environment.Script;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A command starts a worker isolated from the user's settings; an old interpreter needs a worker for each level. */
class WorkerCommandTest {

    private static final List<OptimizationLevel> ALL =
            List.of(OptimizationLevel.NONE, OptimizationLevel.O1, OptimizationLevel.O2);

    @TempDir
    private Path directory;

    @Test
    void oneProcessServesAllLevels() {
        var commands = WorkerCommand.forRequest(python(3, 14), request());

        assertThat(commands).hasSize(1).containsValue(ALL);
        assertThat(commands.keySet().iterator().next().options()).containsExactly("-I", "-S", "-E", "-B");
    }

    @Test
    void codeWithoutColumnsNeedsAnOption() {
        var commands = WorkerCommand.forRequest(python(3, 14), request().withoutColumns());

        assertThat(commands).hasSize(1).containsValue(ALL);
        assertThat(commands.keySet().iterator().next().options())
                .containsExactly("-I", "-S", "-E", "-B", "-X", "no_debug_ranges");
    }

    @Test
    void beforePython32EachLevelNeedsItsOwnProcess() {
        var commands = WorkerCommand.forRequest(python(2, 7), request());

        assertThat(commands.values())
                .containsExactlyElementsOf(ALL.stream().map(List::of).toList());
        assertThat(commands.keySet().stream().map(WorkerCommand::options))
                .containsExactly(
                        List.of("-E", "-s", "-S", "-B"),
                        List.of("-E", "-s", "-S", "-B", "-O"),
                        List.of("-E", "-s", "-S", "-B", "-O", "-O"));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fake is a shell script")
    void aWorkerRunsInTheRootDirectoryWithFewVariables() throws Exception {
        Path seen = directory.resolve("seen");
        String report = "(pwd; echo $1 $2 $3 $4 $5; env | sed 's/=.*//') > " + Script.quoted(seen) + "\n";
        var fake = FakeWorker.of(directory, report + FakeWorker.answering());
        try (var workers = WorkerPool.of(1, CompileLimits.DEFAULT)) {
            assertThat(workers.compile(fake.compiler(), FakeWorker.request("x")))
                    .isInstanceOf(Compiled.class);
        }

        List<String> lines = Files.readAllLines(seen);
        assertThat(lines).startsWith("/", "-I -S -E -B -c");
        assertThat(lines.subList(2, lines.size()))
                .isSubsetOf(
                        "PATH",
                        "LD_LIBRARY_PATH",
                        "LC_ALL",
                        "PWD",
                        "OLDPWD",
                        "SHLVL",
                        "_") // the shell sets some of these
                .contains("PATH", "LC_ALL");
    }

    private static CompileRequest request() {
        return CompileRequest.of(RawPath.of("m.py"), new byte[0], ALL);
    }

    private static LocatedInterpreter python(int major, int minor) {
        var known = new KnownInterpreter(PythonVersion.cpython(major, minor), Optional.empty(), Magic.of(1));
        return new LocatedInterpreter(RawPath.of("/usr/bin/python"), known);
    }
}
