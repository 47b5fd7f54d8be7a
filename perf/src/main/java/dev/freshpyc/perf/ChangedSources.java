package dev.freshpyc.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Some sources of a tree, far from each other, which get another mtime as often as needed, and their own one in the end. That is
 * what an update leaves, except for the contents, which cost the same to hash.
 *
 * @param list a file that names them, one a line
 */
record ChangedSources(List<Path> sources, List<FileTime> times, Path list) implements AutoCloseable {

    /** Picks {@code count} sources of a tree that has as many, and writes the list. */
    static ChangedSources of(Path tree, int count, Path list) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(tree)) {
            all = files.filter(file -> file.toString().endsWith(".py") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
        if (all.size() < count) {
            throw new IOException(tree + " has " + all.size() + " sources; it takes " + count);
        }
        List<Path> sources = new ArrayList<>();
        List<FileTime> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path source = all.get((int) ((long) i * all.size() / count));
            sources.add(source);
            times.add(Files.getLastModifiedTime(source));
        }
        Files.write(list, sources.stream().map(Path::toString).toList());
        return new ChangedSources(sources, times, list);
    }

    /** One of them. */
    Path any() {
        return sources.get(sources.size() / 2);
    }

    /** Gives each a time that it did not have before: a second older than the last one. */
    void change() throws IOException {
        for (Path source : sources) {
            long millis = Files.getLastModifiedTime(source).toMillis();
            Files.setLastModifiedTime(source, FileTime.fromMillis(millis - 1_000));
        }
    }

    /** Gives each its own time back. */
    @Override
    public void close() throws IOException {
        for (int i = 0; i < sources.size(); i++) {
            Files.setLastModifiedTime(sources.get(i), times.get(i));
        }
    }
}
