package dev.freshpyc.cli.oracle;

import static dev.freshpyc.cli.oracle.CompiledModule.PYTHON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;

/**
 * A compiled module {@code m0} whose source has a clamped mtime, as a builder of packages sets it, and the index for
 * its directory.
 */
record ClampedModule(Path lib, Path index) {

    static final FileTime CLAMPED = FileTime.fromMillis(1_600_000_000_000L);

    static final FileTime LATER = FileTime.fromMillis(1_700_000_000_000L);

    /**
     * Compiles a module with the value {@code first} in the directory {@code lib}; skips the test if the file system
     * records no birth times.
     */
    static ClampedModule make(Path directory) throws IOException {
        Path lib = Files.createDirectories(directory.toRealPath().resolve("lib"));
        ClampedModule module = new ClampedModule(lib, directory.resolve("index"));
        module.write("first");
        module.compile();
        assumeTrue(
                module.audit().contains("\"evidence\":\"header\""),
                "NOT RUN: the file system of the temporary directory records no birth times");
        return module;
    }

    /** The module in another directory, with the same index. */
    ClampedModule in(Path other) {
        return new ClampedModule(other, index);
    }

    Path source() {
        return lib.resolve("m0.py");
    }

    Path pyc() throws IOException {
        return CompiledModule.pyc(lib);
    }

    /** The value that an import gives. */
    String value() {
        return CompiledModule.value(lib);
    }

    /** Writes another value into the source, in place. */
    void write(String word) throws IOException {
        Path file = Files.writeString(source(), "VALUE = '" + word + "'\n");
        Files.setLastModifiedTime(file, CLAMPED);
    }

    /** Renames a new file over the source, as {@code dpkg} does. */
    void replace(String word) throws IOException {
        Path fresh = Files.writeString(lib.resolve("m0.py.dpkg-new"), "VALUE = '" + word + "'\n");
        Files.setLastModifiedTime(fresh, CLAMPED);
        Files.move(fresh, source(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Compiles all modules of the directory. */
    void compile() {
        PYTHON.launcher().run("modules.py", List.of(), List.of("compile", lib.toString()));
    }

    /** The verdicts of an audit without the index, one line for each file. */
    String audit() {
        return run("audit", "--no-index", "--all", "--format", "jsonl", lib).out();
    }

    /** The verdicts of an audit with the index, one line for each file. */
    String auditWithIndex() {
        return run("audit", "--all", "--format", "jsonl", "--index", index, lib).out();
    }

    /** The number of files of each verdict, from an audit with the index. */
    String counts() {
        return run("audit", "--index", index, lib).out();
    }

    void refresh() {
        run("refresh", "--index", index, lib);
    }

    /** Refreshes the index and compiles sources, to prove their bytecode or find it wrong. */
    String prove() {
        return run("refresh", "--prove", "--python", PYTHON.executable(), "--index", index, lib)
                .out();
    }

    CommandLineRun repair(String... options) {
        return run("repair", "--index", index, "--python", PYTHON.executable(), lib, options);
    }

    /** Runs a command that succeeds. */
    static CommandLineRun run(Object... words) {
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.code()).as(run.err() + run.out()).isZero();
        return run;
    }
}
