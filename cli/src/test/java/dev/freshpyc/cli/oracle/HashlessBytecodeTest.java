package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.repair.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Python 3.6 knows no hashes in headers. The command that {@code audit --after} names for its bytecode makes the bytecode survive the
 * transport.
 */
@EnabledOnOs(OS.LINUX)
class HashlessBytecodeTest {

    private static final String COMMAND = "To make the tree survive ostree: freshpyc ";

    private final Interpreter python = Interpreters.assumed("cpython 3.6");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private Path lib = Path.of("");

    @BeforeEach
    void compileAModule() throws Exception {
        lib = Files.createDirectories(directory.toRealPath().resolve("lib"));
        source("m0", "VALUE = 'first'\n");
    }

    @Test
    void theNamedCommandMakesBytecodeSurviveOstree() throws Exception {
        CommandLineRun audit = after("ostree");

        assertThat(audit.out())
                .contains("1 pyc: 1 ", "1 pyc cannot be saved by a hash")
                .doesNotContain("unchecked-hash");
        repair(audit, COMMAND);

        assertThat(after("ostree").out()).contains("1 pyc: 1 fresh").doesNotContain("freshpyc repair");
        zeroTimes();
        Imports imports = Imports.of(python, lib);
        assertThat(imports.values()).containsEntry("m0", "first");
        assertThat(imports.compiled()).isEmpty();
    }

    /** An empty file has a new mtime after a checkout of ostree, so nothing saves the bytecode of an empty source. */
    @Test
    void anEmptySourceIsNamedAsTheCauseThatNothingHelps() throws Exception {
        source("m1", "");

        CommandLineRun audit = after("ostree");

        assertThat(audit.out().replace('\n', ' '))
                .contains("2 pycs cannot be saved by a hash", "1 of them has an empty source, which gets a new mtime");
        repair(audit, COMMAND);
        assertThat(after("ostree").out()).contains("2 pycs: 1 fresh, 1 ").doesNotContain("freshpyc repair");
    }

    @Test
    void aTreeWithBytecodeOfOtherInterpretersHasBothCommands() throws Exception {
        CompiledModule.PYTHON.launcher().run("modules.py", List.of(), List.of("compile", lib.toString()));

        CommandLineRun audit = after("ostree");

        assertThat(audit.out())
                .contains(COMMAND + "repair --to unchecked-hash ", "1 pyc cannot be saved by a hash")
                .contains("To save all pycs by one mtime of all sources instead: freshpyc repair --to zero-mtime ");
        repair(audit, "To save all pycs by one mtime of all sources instead: freshpyc ");
        assertThat(after("ostree").out()).contains("2 pycs: 2 fresh");
    }

    @Test
    void aTimeThatTheTimesOfDosCanHoldSurvivesZip() throws Exception {
        Files.setLastModifiedTime(lib.resolve("m0.py"), FileTime.fromMillis(1_600_000_001_000L));
        compile();

        CommandLineRun audit = after("zip");

        repair(audit, "To make the tree survive zip: freshpyc ");
        assertThat(after("zip").out()).contains("1 pyc: 1 fresh");
    }

    @Test
    void nothingSavesBytecodeWhereEveryTimeIsNew() {
        CommandLineRun audit = after("git");

        assertThat(audit.out().replace('\n', ' '))
                .contains("No time survives git either: run 'python -m compileall'")
                .doesNotContain("freshpyc repair");
    }

    private void source(String name, String text) throws Exception {
        Path source = Files.writeString(lib.resolve(name + ".py"), text);
        Files.setLastModifiedTime(source, FileTime.fromMillis(1_600_000_000_000L));
        compile();
    }

    private void compile() {
        python.launcher().run("modules.py", List.of(), List.of("compile", lib.toString()));
    }

    private CommandLineRun after(String transport) {
        return CommandLineRun.of("audit", "--after", transport, "--index", directory.resolve("index"), lib);
    }

    /** Runs the command in the line that begins with those words. */
    private static void repair(CommandLineRun audit, String words) {
        String line = audit.lines().stream()
                .filter(candidate -> candidate.startsWith(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError(audit.out()));
        CommandLineRun run =
                CommandLineRun.of((Object[]) line.substring(words.length()).split(" ", -1));
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }

    private void zeroTimes() throws Exception {
        try (Stream<Path> files = Files.walk(lib)) {
            Shell.run(Stream.concat(Stream.of("touch", "-d", "@0"), files).toArray());
        }
    }
}
