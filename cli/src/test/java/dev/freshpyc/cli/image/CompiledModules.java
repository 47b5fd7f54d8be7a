package dev.freshpyc.cli.image;

import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

/** Makes directories of modules, compiled by a real interpreter, for the layers of images. */
final class CompiledModules {

    /** The interpreter that compiles the modules. */
    static final Interpreter PYTHON = Interpreters.withFlags();

    private CompiledModules() {}

    /** Makes a directory of modules and their bytecode. Each module sets {@code x} to its own name. */
    static Path make(Path directory, long mtime, String... modules) throws IOException {
        Files.createDirectories(directory);
        for (String module : modules) {
            Path source = directory.resolve(module + ".py");
            Files.writeString(source, "x = '" + module + "'\n");
            Files.setLastModifiedTime(source, FileTime.fromMillis(mtime * 1000));
        }
        PYTHON.launcher().run("modules.py", List.of(), List.of("compile", directory.toString()));
        return directory;
    }
}
