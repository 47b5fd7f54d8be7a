package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A source gets another mtime, or an old one back, beside bytecode of other code that the run does not write. The
 * interpreter that reads this bytecode must compile as before.
 */
@EnabledOnOs(OS.LINUX)
class LeftoverBytecodeTest {

    private static final FileTime ZERO = FileTime.fromMillis(0);
    private static final FileTime THEN = FileTime.fromMillis(1_700_000_000_000L);

    @TempDir
    private Path directory;

    private Path lib = Path.of("");
    private final Interpreter python = Interpreters.required("cpython 3.12");
    private final Interpreter other = Interpreters.required("cpython 3.11");

    @BeforeEach
    void makeLib() throws IOException {
        directory = directory.toRealPath();
        lib = Files.createDirectory(directory.resolve("lib"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*cpython-311*", "__pycache__/m.cpython-311.pyc"})
    void aSourceKeepsItsMtimeWhereBytecodeOfItIsExcluded(String glob) throws Exception {
        leftover(lib, other);
        CommandLineRun predicted = repair("--exclude", glob, "--dry-run", lib);

        CommandLineRun run = repair("--exclude", glob, lib);

        assertThat(run.out()).contains("m.cpython-312.pyc  left: source-mtime-kept");
        assertThat(predicted.out()).contains("m.cpython-312.pyc  left: source-mtime-kept");
        assertThat(Files.getLastModifiedTime(lib.resolve("m.py"))).isEqualTo(THEN);
        assertThat(imported(other, lib)).containsExactly("VALUE m two");
        assertThat(repair(lib).out()).contains("mtimes of sources set: 1");
        assertThat(imported(other, lib)).containsExactly("VALUE m two");
    }

    /** With a prefix, Python does not look at the {@code __pycache__}; without it, it does. */
    @Test
    void aSourceKeepsItsMtimeWhereBytecodeOutsideThePrefixStays() throws Exception {
        Path prefix = directory.resolve("prefix");
        leftover(lib, python);
        python.launcher()
                .withEnvironment("PYTHONPYCACHEPREFIX", prefix.toString())
                .run("modules.py", List.of(), List.of("run", lib.toString()));
        Files.write(lib.resolve("__pycache__/m.cpython-312.pyc"), stale(python));

        CommandLineRun run = repair("--pycache-prefix", prefix, lib);

        assertThat(run.out()).contains("left: source-mtime-kept");
        assertThat(imported(python, lib)).containsExactly("VALUE m two");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSourceWithSeveralNamesKeepsItsMtime(boolean inside) throws Exception {
        Path top = Files.createDirectory(lib.resolve("top"));
        Path second = Files.createDirectories(inside ? lib.resolve("second") : directory.resolve("second"));
        source(top, "two", THEN);
        Files.createLink(second.resolve("m.py"), top.resolve("m.py"));
        compile(python, top);
        Files.createDirectory(second.resolve("__pycache__"));
        Files.write(second.resolve("__pycache__/m.cpython-312.pyc"), stale(python));

        CommandLineRun run = inside ? repair("--exclude", "second", lib) : repair(lib);

        assertThat(run.out()).contains("left: hard-linked-outside (its source has 2 names)");
        assertThat(Files.getLastModifiedTime(top.resolve("m.py"))).isEqualTo(THEN);
        assertThat(imported(python, second)).containsExactly("VALUE m two");
    }

    /** The undo would give the mtime of the old source to the new one, which old bytecode from a backup then matches. */
    @Test
    void undoLeavesTheMtimeOfASourceThatWasReplaced() throws Exception {
        source(lib, "one", THEN);
        compile(python, lib);
        assertThat(repair(lib).code()).isZero();
        assertThat(Files.getLastModifiedTime(lib.resolve("m.py"))).isEqualTo(ZERO);
        Path backup = Files.createDirectory(directory.resolve("backup"));
        source(backup, "one", THEN);
        compile(other, backup);
        Files.copy(
                backup.resolve("__pycache__/m.cpython-311.pyc"),
                lib.resolve("__pycache__/m.cpython-311.pyc"),
                StandardCopyOption.COPY_ATTRIBUTES);
        source(lib, "two", ZERO);
        assertThat(imported(other, lib)).containsExactly("VALUE m two");

        CommandLineRun undo = CommandLineRun.of("undo", "--index", directory.resolve("index"), lib);

        assertThat(undo.out()).contains("m.py  left: changing");
        assertThat(undo.code()).isEqualTo(1);
        assertThat(Files.getLastModifiedTime(lib.resolve("m.py"))).isEqualTo(ZERO);
        assertThat(imported(other, lib)).containsExactly("VALUE m two");
    }

    /** A source as it is now and its bytecode, and bytecode of other code with the mtime 0 for an interpreter. */
    private void leftover(Path of, Interpreter reader) throws IOException {
        source(of, "two", THEN);
        compile(python, of);
        Files.write(of.resolve("__pycache__/m." + tag(reader) + ".pyc"), stale(reader));
    }

    /** Bytecode of other code, for a source of the same size with the mtime 0. */
    private byte[] stale(Interpreter reader) throws IOException {
        Path model = Files.createTempDirectory(directory, "model");
        source(model, "one", ZERO);
        compile(reader, model);
        return Files.readAllBytes(model.resolve("__pycache__/m." + tag(reader) + ".pyc"));
    }

    private String tag(Interpreter reader) {
        return reader.equals(python) ? "cpython-312" : "cpython-311";
    }

    private static void source(Path of, String value, FileTime mtime) throws IOException {
        Files.writeString(of.resolve("m.py"), "VALUE = '" + value + "'\n");
        Files.setLastModifiedTime(of.resolve("m.py"), mtime);
    }

    private static void compile(Interpreter with, Path of) {
        with.launcher().run("modules.py", List.of(), List.of("compile", of.toString()));
    }

    private static List<String> imported(Interpreter with, Path from) {
        return with.launcher().run("modules.py", List.of(), List.of("import", from.toString()));
    }

    private CommandLineRun repair(Object... words) {
        List<Object> all = new ArrayList<>(List.of("repair", "--index", directory.resolve("index"), "--to"));
        all.addAll(List.of("zero-mtime", "--set-source-mtime", "--python", python.executable()));
        all.addAll(List.of("--python", other.executable()));
        all.addAll(List.of(words));
        return CommandLineRun.of(all.toArray());
    }
}
