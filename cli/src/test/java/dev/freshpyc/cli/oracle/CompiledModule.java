package dev.freshpyc.cli.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/** A directory with one module, {@code m0}, that a real interpreter has compiled in place. */
final class CompiledModule {

    static final Interpreter PYTHON = Interpreters.withFlags();

    private CompiledModule() {}

    /**
     * Writes the source and compiles it.
     *
     * @param mtime of the source, in milliseconds since 1970
     */
    static void make(Path lib, String source, long mtime) throws IOException {
        make(PYTHON, lib, source, mtime);
    }

    /** The same with another interpreter. */
    static void make(Interpreter python, Path lib, String source, long mtime) throws IOException {
        Files.createDirectories(lib);
        Files.writeString(lib.resolve("m0.py"), source);
        Files.setLastModifiedTime(lib.resolve("m0.py"), FileTime.fromMillis(mtime));
        python.launcher().run("modules.py", List.of(), List.of("compile", lib.toString()));
    }

    /** Skips a test that needs birth times if the file system records none. */
    static void assumeProven(Path lib) {
        CommandLineRun audit = CommandLineRun.of("audit", "--no-index", "--format", "jsonl", "--all", lib);
        assumeTrue(
                audit.out().contains("\"evidence\":\"header\""),
                "NOT RUN: the file system of the temporary directory records no birth times");
    }

    static Path pyc(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib.resolve("__pycache__"))) {
            return files.findFirst().orElseThrow();
        }
    }

    /** The value that an import of the module from this directory gives. */
    static String value(Path lib) {
        return String.valueOf(Imports.of(PYTHON, lib).values().get("m0"));
    }

    /** Copies the directory to {@code copy} beside it. All files of the copy have mtime 0, so that no interpreter loads the bytecode. */
    static Path copyWithoutTimes(Path lib) throws IOException {
        Path copy = lib.resolveSibling("copy");
        try (Stream<Path> files = Files.walk(lib)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = copy.resolve(lib.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                Files.setLastModifiedTime(target, FileTime.fromMillis(0));
            }
        }
        return copy;
    }

    /**
     * Replaces a word in the body and restores the mtime. With words of equal length, only the ctime changes besides
     * the word.
     */
    static void plant(Path pyc, String word, String other) throws IOException {
        FileTime mtime = Files.getLastModifiedTime(pyc);
        String planted = new String(Files.readAllBytes(pyc), StandardCharsets.ISO_8859_1).replace(word, other);
        Files.write(pyc, planted.getBytes(StandardCharsets.ISO_8859_1));
        Files.setLastModifiedTime(pyc, mtime);
    }
}
