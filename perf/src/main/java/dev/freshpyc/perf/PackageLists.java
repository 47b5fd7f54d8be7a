package dev.freshpyc.perf;

import dev.freshpyc.core.manifest.DigestAlgorithm;
import dev.freshpyc.perf.tree.ChangedSources;
import dev.freshpyc.perf.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The lists of files of all packages of a tree, as a package manager keeps them.
 *
 * @param changed the lists of the package that changes
 */
record PackageLists(List<Written> changed, ChangedSources sources) {

    PackageLists {
        changed = List.copyOf(changed);
    }

    /**
     * A kind of list, of which each package has one.
     *
     * @param place the list of a package by its number
     * @param line how the list names a source
     */
    record Kind(IntFunction<Path> place, Line line) {}

    /** Makes the line of a source. */
    @FunctionalInterface
    interface Line {
        /** The line, without a line break. */
        String of(Path source) throws IOException;
    }

    /** A list that was written. */
    record Written(Path path, List<String> lines) {
        Written {
            lines = List.copyOf(lines);
        }

        void write() throws IOException {
            Files.createDirectories(path.getParent());
            Files.write(path, lines);
        }
    }

    /** Writes lists of all kinds for every {@code size} sources of a tree; the package in the middle is the one that changes. */
    static PackageLists of(Path tree, int size, List<Kind> kinds) throws IOException {
        List<Path> all = TreeFiles.ending(tree, ".py");
        int count = all.size() / size;
        if (count == 0) {
            throw new IOException(tree + " has fewer than " + size + " sources");
        }
        for (int number = 0; number < count; number++) {
            if (number != count / 2) {
                write(number, part(all, size, number), kinds);
            }
        }
        List<Path> sources = part(all, size, count / 2);
        return new PackageLists(
                write(count / 2, sources, kinds), ChangedSources.of(sources, tree.resolveSibling("changed")));
    }

    /** The line of a RECORD, as pip writes it. */
    static String recordLine(Path site, Path source) throws IOException {
        byte[] digest = digest(DigestAlgorithm.SHA256, source);
        return site.relativize(source) + ",sha256="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "," + Files.size(source);
    }

    /** The line of dpkg's md5sums. */
    static String md5sumsLine(Path root, Path source) throws IOException {
        return HexFormat.of().formatHex(digest(DigestAlgorithm.MD5, source)) + "  " + root.relativize(source);
    }

    private static byte[] digest(DigestAlgorithm algorithm, Path source) throws IOException {
        return algorithm.newDigest().digest(Files.readAllBytes(source));
    }

    private static List<Path> part(List<Path> all, int size, int number) {
        return all.subList(number * size, (number + 1) * size);
    }

    private static List<Written> write(int number, List<Path> sources, List<Kind> kinds) throws IOException {
        List<Written> written = new ArrayList<>();
        for (Kind kind : kinds) {
            List<String> lines = new ArrayList<>();
            for (Path source : sources) {
                lines.add(kind.line().of(source));
            }
            Written list = new Written(kind.place().apply(number), lines);
            list.write();
            written.add(list);
        }
        return written;
    }

    /** As an upgrade does: the sources get other mtimes, then the lists are written anew. */
    void change() throws IOException {
        sources.change();
        for (Written list : changed) {
            list.write();
        }
    }
}
