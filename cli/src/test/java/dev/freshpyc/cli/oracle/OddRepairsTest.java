package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks unusual repairs with the interpreter that the bytecode belongs to. */
@EnabledOnOs(OS.LINUX)
class OddRepairsTest {

    private static final int HASH = 8;

    @TempDir
    Path directory = Path.of("");

    private Path tree = Path.of("");
    private Path source = Path.of("");

    @BeforeEach
    void makeASource() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
        source = Files.writeString(tree.resolve("m.py"), "WHO = 'src'\n");
        Files.setLastModifiedTime(source, FileTime.from(1_600_000_000, TimeUnit.SECONDS));
    }

    /** The interpreter loads the file without comparing the hash, and the index knows that the code is right. */
    @Test
    void aProvenPairWithADamagedUncheckedHashIsNoImpostor() throws IOException {
        Interpreter python = Interpreters.assumed("cpython 3.11");
        Path pyc = compile(python, "UNCHECKED_HASH");
        run("refresh", tree);
        damage(pyc);

        assertThat(python.launcher().run("names.py", List.of(), List.of(tree.toString(), "m")))
                .containsExactly("compiled"); // WHO has the value of the source
        assertThat(run("audit", "--all", "--format", "jsonl", tree).out())
                .contains("\"verdict\":\"fresh\",\"interpreter\":\"loads\",\"reason\":\"hash\",\"evidence\":\"index\"");

        Files.writeString(source, "WHO = 'new'\n");
        assertThat(run("audit", "--all", "--format", "jsonl", tree).out()).contains("\"verdict\":\"impostor\"");
    }

    @Test
    void aProvenPairWithADamagedCheckedHashGetsANewHeaderOnly() throws IOException {
        Interpreter python = Interpreters.assumed("cpython 3.11");
        Path pyc = compile(python, "CHECKED_HASH");
        byte[] right = Files.readAllBytes(pyc);
        run("refresh", tree);
        damage(pyc);

        assertThat(run("audit", "--format", "jsonl", tree).out())
                .contains(
                        "\"verdict\":\"needless\",\"interpreter\":\"recompiles\",\"reason\":\"hash\",\"evidence\":\"index\"");
        assertThat(run("repair", "--to", "checked-hash", tree).out()).contains("restamped: 1, recompiled: 0");
        assertThat(Files.readAllBytes(pyc)).isEqualTo(right);
    }

    /** A comparison of equal bytes needs no digest of the code, and two builds of an image stay equal. */
    @ParameterizedTest
    @ValueSource(strings = {"cpython 3.7", "cpython 3.9", "cpython 3.11", "cpython 3.13", "cpython 3.14"})
    void aRecompiledBodyHasTheBytesThatPyCompileWrites(String version) throws IOException {
        Interpreter python = Interpreters.assumed(version);
        String text = "import os\nNAMES = ('a', 'b')\ndef f(x, y=1):\n    return [z + y for z in x]\n";
        Files.writeString(source, text);
        byte[] right = Files.readAllBytes(compile(python, "CHECKED_HASH"));
        Files.writeString(source, "WHO = 'old'\n");
        Path pyc = compile(python, "CHECKED_HASH");
        Files.writeString(source, text);

        assertThat(run("repair", "--python", python.executable(), "--to", "checked-hash", tree)
                        .out())
                .contains("restamped: 0, recompiled: 1");
        assertThat(Files.readAllBytes(pyc)).isEqualTo(right);
    }

    /** The old body contains the path of the source as a constant, but has another path as {@code co_filename}. */
    @Test
    void codeThatWasCompiledElsewhereKeepsItsFileName() throws IOException {
        Interpreter python = Interpreters.assumed("cpython 3.11");
        Path home = Files.createDirectory(directory.resolve("build"));
        Files.writeString(source, "WHERE = '" + source + "'\n");
        Path built = Files.copy(source, home.resolve("m.py"), StandardCopyOption.COPY_ATTRIBUTES);
        Path compiled = compile(python, built, "UNCHECKED_HASH");
        Path pyc = Files.createDirectory(tree.resolve("__pycache__")).resolve(compiled.getFileName());
        Files.copy(compiled, pyc, StandardCopyOption.COPY_ATTRIBUTES);
        byte[] before = Files.readAllBytes(pyc);
        damage(pyc);

        assertThat(run("repair", "--python", python.executable(), "--to", "unchecked-hash", tree)
                        .out())
                .contains("restamped: 1, recompiled: 0");
        assertThat(Files.readAllBytes(pyc)).isEqualTo(before);
    }

    /** Python 3.6 knows no hashes, so the repair writes a timestamp header instead of leaving a file that fails. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void aFatalFileOfAVersionWithoutHashesIsCompiledWithATimestamp(int rest) throws IOException {
        Interpreter python = Interpreters.assumed("cpython 3.6");
        Path pyc = compile(python, "");
        byte[] right = Files.readAllBytes(pyc);
        Files.write(pyc, Arrays.copyOf(right, python.headerLength() + rest));

        CommandLineRun run = run("repair", "--to", "checked-hash", "--python", python.executable(), tree);

        assertThat(run.out()).as(run.err()).contains("restamped: 0, recompiled: 1");
        assertThat(Files.readAllBytes(pyc)).startsWith(Arrays.copyOf(right, python.headerLength()));
        assertThat(python.launcher().run("names.py", List.of(), List.of(tree.toString(), "m")))
                .containsExactly("compiled");
        assertThat(run("audit", "--deep", "--all", "--format", "jsonl", tree).out())
                .contains("\"verdict\":\"fresh\",\"interpreter\":\"loads\"");
    }

    /**
     * No header makes the interpreter load a file with such an mtime, so the first run reports the file. Otherwise
     * every run would compile the file again.
     */
    @ParameterizedTest
    @CsvSource({
        "cpython 3.6, 4294967301, true",
        "cpython 3.6, -5, true",
        "cpython 3.6, 3000000000, false",
        "cpython 2.7, 3000000000, true",
        "cpython 2.7, -5, true",
        "cpython 3.11, 4294967301, false"
    })
    void anMtimeThatAHeaderCannotHoldIsReportedInTheFirstRun(String version, long mtime, boolean unnameable)
            throws IOException {
        Interpreter python = Interpreters.assumed(version);
        compile(python, "TIMESTAMP");
        Files.setLastModifiedTime(source, FileTime.from(mtime, TimeUnit.SECONDS));
        assumeTrue(
                Files.getLastModifiedTime(source).to(TimeUnit.SECONDS) == mtime,
                "NOT RUN: the file system does not keep this mtime");

        CommandLineRun run = run("repair", "--to", "timestamp", "--python", python.executable(), tree);

        if (unnameable) {
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).contains("left: unnameable-time (its source has the mtime " + mtime);
        } else {
            assertThat(run.code()).as(run.out()).isZero();
            assertThat(run("audit", "--format", "jsonl", tree).out()).doesNotContain("recompiles");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4294967301L, -5})
    void aMissingFileIsNotWrittenIfItsHeaderCannotHoldTheMtime(long mtime) throws IOException {
        Interpreter python = Interpreters.assumed("cpython 3.6");
        Files.setLastModifiedTime(source, FileTime.from(mtime, TimeUnit.SECONDS));
        assumeTrue(
                Files.getLastModifiedTime(source).to(TimeUnit.SECONDS) == mtime,
                "NOT RUN: the file system does not keep this mtime");

        assertThat(run("repair", "--expect", "cpython-36", "--python", python.executable(), tree)
                        .out())
                .contains("left: unnameable-time");
        assertThat(tree.resolve("__pycache__")).doesNotExist();
    }

    private Path compile(Interpreter python, String mode) {
        return compile(python, source, mode);
    }

    private static Path compile(Interpreter python, Path source, String mode) {
        return Path.of(python.launcher()
                .run("compile.py", List.of(), List.of(source.toString(), mode))
                .getFirst());
    }

    private static void damage(Path pyc) throws IOException {
        byte[] bytes = Files.readAllBytes(pyc);
        bytes[HASH] ^= 1;
        Files.write(pyc, bytes);
    }

    private CommandLineRun run(Object... words) {
        Object[] all = new Object[words.length + 2];
        all[0] = words[0];
        all[1] = "--index";
        all[2] = directory.resolve("index");
        System.arraycopy(words, 1, all, 3, words.length - 1);
        return CommandLineRun.of(all);
    }
}
