package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Python 2.7 imports whatever has the name of a source, even a directory, and compares bytecode with the directory's mtime. An audit
 * says of each bytecode file beside a directory whether a real import loads the file.
 */
@EnabledOnOs(OS.LINUX)
class DirectoryAsSourceTest {

    private static final int MTIME = 1_600_000_000;

    @TempDir
    private Path tree = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "m.py, m.pyc, 0, true",
        "m.py, m.pyc, 5, false",
        "m.py, m.pyo, 0, true",
        "m.py, m.pyo, 5, false",
        "m.so, m.pyc, 0, false",
        "mmodule.so, m.pyo, 0, false",
        "m/__init__.py, m.pyc, 0, false",
        "m/__init__.pyo, m.pyo, 0, false",
        "m/__init__.pyo, m.pyc, 0, true",
        "m.pyo, m.pyc, 0, true",
    })
    void anAuditSaysWhetherTheFileIsLoaded(String directory, String bytecode, int older, boolean loaded)
            throws Exception {
        requireSame("cpython 2.7", directory, bytecode, older, loaded);
    }

    private void requireSame(String version, String directory, String bytecode, int older, boolean loaded)
            throws Exception {
        Interpreter python = Interpreters.assumed(version);
        makeDirectory(tree.resolve(directory));
        Files.write(tree.resolve(bytecode), python.pyc(MTIME - older, 0, python.code()));

        assertThat(imports(python, bytecode)).isEqualTo(loaded);
        assertThat(audited(python, bytecode)).isEqualTo(loaded);
    }

    /** A newer Python passes over the directory and imports the bytecode. */
    @ParameterizedTest
    @CsvSource({"m.py, m.pyc, 5, true", "m/__init__.py, m.pyc, 5, true", "m.so, m.pyc, 5, true"})
    void newerVersionsImportTheBytecode(String directory, String bytecode, int older, boolean loaded) throws Exception {
        requireSame("cpython 3.11", directory, bytecode, older, loaded);
    }

    private static void makeDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setLastModifiedTime(directory, FileTime.from(MTIME, TimeUnit.SECONDS));
    }

    private boolean imports(Interpreter python, String bytecode) throws Exception {
        String option = bytecode.endsWith("o") ? "-O" : "-s";
        String code = "import sys; sys.path.insert(0, '" + tree + "'); import m; print(m.__file__)";
        Process process = new ProcessBuilder(python.executable().toString(), "-B", "-S", option, "-c", code)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 && output.trim().endsWith(bytecode);
    }

    private boolean audited(Interpreter python, String bytecode) {
        return CommandLineRun.of(
                        "audit", "--no-index", "--all", "--format", "jsonl", "--python", python.executable(), tree)
                .lines()
                .stream()
                .filter(line -> line.contains("\"pyc\":\"" + bytecode + "\""))
                .anyMatch(line -> line.contains("\"interpreter\":\"loads\""));
    }
}
