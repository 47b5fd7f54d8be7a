package dev.freshpyc.perf.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files of a tree by the ends of their names. */
public final class TreeFiles {

    private TreeFiles() {}

    /** The regular files below a directory whose names end with {@code ending}, sorted. */
    public static List<Path> ending(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(ending) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }
}
