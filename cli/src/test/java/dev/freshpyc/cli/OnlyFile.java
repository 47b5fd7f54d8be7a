package dev.freshpyc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds a file by the end of its name. */
public final class OnlyFile {

    private OnlyFile() {}

    /** The only file of a directory whose name has this end. */
    public static Path in(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow(() -> new IOException(directory + " has no file *" + suffix));
        }
    }
}
