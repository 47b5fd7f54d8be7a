package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A directory that has the name of a pyc: an import cannot read it and cannot put a file in its place, so that the source is compiled at
 * every start. All commands say so, and a repair leaves it.
 */
@EnabledOnOs(OS.LINUX)
class DirectoryAsBytecodeTest {

    private static final String NOT_A_FILE = "\"reason\":\"not-a-file\"";

    @TempDir
    private Path directory = Path.of("");

    private Path tree = Path.of("");

    static Stream<Interpreter> tagged() {
        return Interpreters.ofEachMinorVersion().stream().filter(Interpreter::isTagged);
    }

    @BeforeEach
    void makeASource() throws IOException {
        Files.createDirectories(directory.toRealPath().resolve("tree/__pycache__"));
        tree = directory.toRealPath().resolve("tree");
        Files.writeString(tree.resolve("m.py"), "VALUE = 1\n");
        Files.setLastModifiedTime(tree.resolve("m.py"), FileTime.from(1_600_000_000, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @MethodSource("tagged")
    void everyStartCompilesTheSource(Interpreter python) throws Exception {
        Path pyc = Files.createDirectory(tree.resolve("__pycache__/m." + python.tag() + ".pyc"));

        requireCompiledAgain(python, pyc);

        assertThat(audit()).contains("\"verdict\":\"unreadable\",\"interpreter\":\"recompiles\"," + NOT_A_FILE);
    }

    @Test
    void python27CompilesTheSourceBesideADirectory() throws Exception {
        Interpreter python = Interpreters.assumed("cpython 2.7");
        Path pyc = Files.createDirectory(tree.resolve("m.pyc"));

        requireCompiledAgain(python, pyc);

        assertThat(audit("--python", python.executable()))
                .contains("\"verdict\":\"unreadable\",\"interpreter\":\"recompiles\"," + NOT_A_FILE);
        assertLeft("--python", python.executable());
    }

    @Test
    void withoutASourcePython27FailsAndNewerVersionsPassOverTheDirectory() throws Exception {
        Interpreter old = Interpreters.assumed("cpython 2.7");
        Interpreter python = Interpreters.required("cpython 3.11");
        Files.delete(tree.resolve("m.py"));
        Files.createDirectory(tree.resolve("m.pyc"));

        assertThat(imported(old)).contains("Bad magic number");
        assertThat(imported(python)).contains("No module named 'm'");

        assertThat(audit("--python", old.executable()))
                .contains("\"verdict\":\"unreadable\",\"interpreter\":\"fails\"," + NOT_A_FILE);
        assertThat(audit("--python", python.executable()))
                .contains("\"verdict\":\"orphaned\",\"interpreter\":\"ignores\"," + NOT_A_FILE);
    }

    @Test
    void newerVersionsIgnoreADirectoryBesideTheSource() throws Exception {
        Interpreter python = Interpreters.required("cpython 3.11");
        Files.createDirectory(tree.resolve("m.pyc"));
        python.launcher().run("modules.py", List.of(), List.of("run", tree.toString()));

        assertThat(Imports.of(python, tree).compiled()).isEmpty();
        assertThat(audit("--python", python.executable()))
                .contains("\"pyc\":\"m.pyc\"", "\"verdict\":\"shadowed\",\"interpreter\":\"ignores\"");
    }

    @Test
    void aRepairLeavesTheDirectoryAndADryRunPredictsThat() throws Exception {
        Path pyc = Files.createDirectory(tree.resolve("__pycache__/m.cpython-311.pyc"));
        Files.createFile(pyc.resolve("kept"));

        assertLeft();
        assertLeft("--expect", "cpython-311");
        assertThat(pyc.resolve("kept")).exists();
    }

    @Test
    void theOtherCommandsSayWhatAnAuditSays() throws Exception {
        Path pyc = Files.createDirectory(tree.resolve("__pycache__/m.cpython-311.pyc"));

        CommandLineRun explained = CommandLineRun.of("explain", "--no-index", pyc);
        assertThat(explained.out())
                .contains("unreadable (not-a-file)", "compiles", "remove or rename what has this name")
                .doesNotContain("rm ");
        assertThat(explained.code()).isEqualTo(3);
        CommandLineRun refreshed = indexed("refresh", tree);
        assertThat(refreshed.out()).contains("1 unreadable");
        assertThat(refreshed.code()).isEqualTo(3);
        assertThat(indexed("audit", "--format", "jsonl", tree).out()).contains(NOT_A_FILE);
        assertThat(CommandLineRun.of("audit", "--no-index", "--expect", "cpython-311", tree)
                        .out())
                .contains("1 pyc: 1 unreadable")
                .doesNotContain("missing");
        assertThat(indexed("lookup", pyc).out()).contains("not in any index", "unreadable");
        assertThat(indexed("clean", tree).out()).contains("removed: 0 files");
        assertThat(pyc).isDirectory();
    }

    @Test
    void aDirectoryWithoutASourceIsNotRemoved() throws Exception {
        Files.delete(tree.resolve("m.py"));
        Path pyc = Files.createDirectory(tree.resolve("__pycache__/m.cpython-311.pyc"));

        assertThat(audit()).contains("\"verdict\":\"orphaned\",\"interpreter\":\"ignores\"," + NOT_A_FILE);
        CommandLineRun cleaned = indexed("clean", tree);
        assertThat(cleaned.out()).contains("left: unreadable (not a regular file)");
        assertThat(cleaned.code()).isEqualTo(1);
        assertThat(pyc).isDirectory();
        assertThat(CommandLineRun.of("explain", "--no-index", pyc).out()).doesNotContain("rm ");
    }

    /** Python waits until something writes to the FIFO; no command opens it. */
    @Test
    void aFifoIsNeverOpened() throws Exception {
        Path pyc = tree.resolve("__pycache__/m.cpython-311.pyc");
        assumeTrue(
                Shell.succeeds("mkfifo", pyc) && Shell.succeeds("mkfifo", tree.resolve("m.pyc")), "NOT RUN: no mkfifo");

        assertThat(audit()).contains("\"verdict\":\"unreadable\",\"interpreter\":null," + NOT_A_FILE);
        assertThat(CommandLineRun.of("audit", "--no-index", "--deep", tree).code())
                .isEqualTo(3);
        assertThat(CommandLineRun.of("explain", "--no-index", pyc).out()).contains("unreadable (not-a-file)");
        assertThat(indexed("refresh", tree).out()).contains("1 unreadable");
        assertLeft("--expect", "cpython-311");
        Interpreter old = Interpreters.assumed("cpython 2.7");
        assertThat(audit("--python", old.executable()))
                .containsPattern("\"pyc\":\"m.pyc\".*\"verdict\":\"unreadable\",\"interpreter\":null," + NOT_A_FILE);
    }

    private void requireCompiledAgain(Interpreter python, Path pyc) {
        for (int start = 0; start < 2; start++) {
            assertThat(python.launcher().run("modules.py", List.of(), List.of("run", tree.toString())))
                    .contains("VALUE m 1");
            assertThat(pyc).isDirectory();
        }
        assertThat(Imports.of(python, tree).loaded()).isZero();
        assertThat(Imports.of(python, tree).compiled()).isNotEmpty();
    }

    /** Requires that a dry run and a run say that the pyc is left, in the same words. */
    private void assertLeft(Object... options) {
        CommandLineRun predicted = indexed("repair", "--dry-run", options, tree);
        CommandLineRun checked = indexed("repair", "--check", options, tree);
        CommandLineRun repaired = indexed("repair", options, tree);

        assertThat(repaired.out())
                .contains("left: unreadable (not-a-file)", "restamped: 0, recompiled: 0")
                .doesNotContain("changing");
        assertThat(repaired.code()).isEqualTo(1);
        assertThat(predicted.out()).contains("left: unreadable (not-a-file)", "would be recompiled: 0");
        assertThat(predicted.lines().getFirst()).isEqualTo(repaired.lines().getFirst());
        assertThat(checked.out()).isEqualTo(predicted.out());
    }

    private CommandLineRun indexed(String command, Object... words) {
        return CommandLineRun.of(
                command,
                "--index",
                directory.resolve("index"),
                List.of(words).stream()
                        .flatMap(word -> word instanceof Object[] many ? Stream.of(many) : Stream.of(word))
                        .toList());
    }

    private String audit(Object... options) {
        return CommandLineRun.of("audit", "--no-index", "--all", "--format", "jsonl", options, tree)
                .out();
    }

    private String imported(Interpreter python) throws Exception {
        Process process = new ProcessBuilder(
                        python.executable().toString(),
                        "-B",
                        "-S",
                        "-c",
                        "import sys; sys.path.insert(0, '" + tree + "'); import m")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isNotZero();
        return output;
    }
}
