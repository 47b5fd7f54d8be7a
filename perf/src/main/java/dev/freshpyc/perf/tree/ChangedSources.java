package dev.freshpyc.perf.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Some sources of a tree, far from each other, whose mtimes are changed before each run and restored in the end. An update would
 * change the contents, too, which cost the same to hash.
 *
 * @param times the original mtimes
 * @param list a file that names the sources, one a line
 */
public record ChangedSources(List<Path> sources, List<FileTime> times, Path list) implements AutoCloseable {

    /** Picks {@code count} sources of a tree and writes the list. */
    public static ChangedSources of(Path tree, int count, Path list) throws IOException {
        List<Path> all = TreeFiles.ending(tree, ".py");
        if (all.size() < count) {
            throw new IOException(tree + " has " + all.size() + " sources; it takes " + count);
        }
        List<Path> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sources.add(all.get((int) ((long) i * all.size() / count)));
        }
        return of(sources, list);
    }

    /** Takes those sources and writes the list. */
    public static ChangedSources of(List<Path> sources, Path list) throws IOException {
        List<FileTime> times = new ArrayList<>();
        for (Path source : sources) {
            times.add(Files.getLastModifiedTime(source));
        }
        Files.write(list, sources.stream().map(Path::toString).toList());
        return new ChangedSources(sources, times, list);
    }

    /** One of the sources. */
    public Path any() {
        return sources.get(sources.size() / 2);
    }

    /** Sets each source's mtime one second back, a time that the source has not had before. */
    public void change() throws IOException {
        for (Path source : sources) {
            long millis = Files.getLastModifiedTime(source).toMillis();
            Files.setLastModifiedTime(source, FileTime.fromMillis(millis - 1_000));
        }
    }

    /** Restores the original mtimes. */
    @Override
    public void close() throws IOException {
        for (int i = 0; i < sources.size(); i++) {
            Files.setLastModifiedTime(sources.get(i), times.get(i));
        }
    }
}
