package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Different code of one source with one magic number. Python 3.11.2 and 3.11.7 make different code of {@code except*}, and every
 * release from 3.11 on leaves out the columns if it is asked to. Such bytecode is no impostor.
 */
@EnabledOnOs(OS.LINUX)
class OtherReleaseTest {

    /** Earlier versions have no columns in their code. */
    private static final Interpreter PYTHON = Interpreters.required("cpython 3.11");

    private static final List<String> NO_COLUMNS = List.of("-X", "no_debug_ranges");

    private static final int HEADER = 16;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private Path lib = Path.of("");
    private Path other = Path.of("");

    @BeforeEach
    void compileAModule() throws Exception {
        lib = directory.toRealPath().resolve("lib");
        CompiledModule.make(PYTHON, lib, "VALUE = 'first'\n", 1_600_000_000_000L);
        other = otherRelease();
    }

    @Test
    void codeOfAnotherReleaseIsConfirmed() throws Exception {
        assertThat(verify(other, PYTHON.executable())).contains("\"verdict\":\"fresh\"", "\"evidence\":\"recompiled\"");
    }

    @Test
    void codeThatNoReleaseMakesIsAnImpostor() throws Exception {
        CompiledModule.plant(CompiledModule.pyc(lib), "first", "wrong");

        assertThat(verify(other, PYTHON.executable())).contains("\"verdict\":\"impostor\"", "\"reason\":\"code\"");
    }

    @Test
    void codeWithoutColumnsIsConfirmed() throws Exception {
        Files.delete(CompiledModule.pyc(lib));
        withoutColumns().run("modules.py", List.of(), List.of("compile", lib.toString()));

        assertThat(verify(PYTHON.executable())).contains("\"verdict\":\"fresh\"", "\"evidence\":\"recompiled\"");

        CompiledModule.plant(CompiledModule.pyc(lib), "first", "wrong");
        assertThat(verify(PYTHON.executable())).contains("\"verdict\":\"impostor\"", "\"reason\":\"code\"");
    }

    /** Nothing proves a copy with its old mtime, so the repair compiles and compares. */
    @Test
    void aRepairKeepsTheCodeOfAnotherRelease() throws Exception {
        Path pyc = CompiledModule.pyc(lib);
        byte[] before = Files.readAllBytes(pyc);
        Files.delete(pyc);
        Files.write(pyc, before);
        Files.setLastModifiedTime(pyc, FileTime.fromMillis(1_600_000_000_000L));

        CommandLineRun run = CommandLineRun.of(
                "repair",
                "--to",
                "checked-hash",
                "--format",
                "jsonl",
                "--index",
                directory.resolve("index"),
                "--python",
                other,
                "--python",
                PYTHON.executable(),
                lib);

        assertThat(run.out()).contains("\"outcome\":\"restamped\"", "\"evidence\":\"recompiled\"");
        assertThat(body(Files.readAllBytes(pyc))).isEqualTo(body(before));
    }

    private String verify(Path... pythons) {
        List<Object> words = new ArrayList<>(List.of("--no-index", "--all", "--format", "jsonl", lib));
        for (Path python : pythons) {
            words.addAll(List.of("--python", python));
        }
        return CommandLineRun.of("audit", "--verify", words.toArray()).out();
    }

    private Launcher withoutColumns() throws IOException {
        return new Launcher(PYTHON.launcher().wrapper(directory, "", NO_COLUMNS), Map.of());
    }

    /** A program that says that it is another release of the interpreter's version, and makes code without columns. */
    private Path otherRelease() throws IOException {
        Path program = PYTHON.launcher().wrapper(directory, "", NO_COLUMNS);
        return Shell.writeScript(directory.resolve("python"), """
                #!/bin/sh
                case "$*" in
                *sys.version.split*)
                  '%1$s' "$@" | sed 's/<freshpyc \\([^ ]* [^ ]* [^ ]*\\) [^ ]* \\([^ ]* [^ ]*\\) [^ ]*/<freshpyc \\1 392e39 \\2 /'
                  ;;
                *) exec '%1$s' "$@" ;;
                esac
                """.formatted(program));
    }

    private static byte[] body(byte[] pyc) {
        return Arrays.copyOfRange(pyc, HEADER, pyc.length);
    }
}
