package dev.freshpyc.perf;

import dev.freshpyc.perf.tree.ChangedSources;
import dev.freshpyc.perf.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The lists of files of all packages of a tree, as a package manager keeps them.
 *
 * @param changed the list of the package that changes
 * @param lines its lines
 */
record PackageLists(Path changed, List<String> lines, ChangedSources sources) {

    PackageLists {
        lines = List.copyOf(lines);
    }

    /**
     * Writes a list for every {@code size} sources of a tree; the package in the middle is the one that changes.
     *
     * @param place the list of a package by its number
     * @param line how a list names a source
     */
    static PackageLists of(Path tree, int size, IntFunction<Path> place, Function<Path, String> line)
            throws IOException {
        List<Path> all = TreeFiles.ending(tree, ".py");
        int count = all.size() / size;
        if (count == 0) {
            throw new IOException(tree + " has fewer than " + size + " sources");
        }
        List<PackageLists> made = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            List<Path> sources = all.subList(number * size, (number + 1) * size);
            List<String> lines = sources.stream().map(line).toList();
            Path list = place.apply(number);
            Files.createDirectories(list.getParent());
            Files.write(list, lines);
            if (number == count / 2) {
                made.add(new PackageLists(list, lines, ChangedSources.of(sources, changes(tree))));
            }
        }
        return made.getFirst();
    }

    private static Path changes(Path tree) {
        return tree.resolveSibling("changed");
    }

    /** As an upgrade does: the sources get other mtimes, then the list is written anew. */
    void change() throws IOException {
        sources.change();
        Files.write(changed, lines);
    }
}
