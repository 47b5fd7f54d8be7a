package dev.freshpyc.indexer.watch;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.PycachePrefix;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a service watches. All paths are without links before their last name.
 *
 * @param trees directories with everything below, which need not exist yet
 * @param files single files, such as archives, which need not exist yet
 * @param links the links by which entries lead to these trees and files: where one of them changes, there are others to watch
 */
public record WatchRoots(Set<Path> trees, Set<Path> files, Set<Path> links) {

    static final WatchRoots NONE = new WatchRoots(Set.of(), Set.of(), Set.of());

    /**
     * The directories and archives that entries lead to now.
     *
     * @param prefix where pycs lie apart from their sources: the directories there are watched, too
     */
    public static WatchRoots of(List<PathEntry> entries, Optional<PycachePrefix> prefix) {
        Set<Path> trees = new LinkedHashSet<>();
        Set<Path> files = new LinkedHashSet<>();
        Set<Path> links = new LinkedHashSet<>();
        for (PathEntry entry : entries) {
            if (entry instanceof PathEntry.Archive archive) {
                files.add(end(archive.file(), links));
            } else {
                trees.add(end(entry.path(), links));
                prefix.ifPresent(known -> trees.add(
                        JavaPath.of(known.mirrored(entry.path().absolute()).normalized())));
            }
        }
        return new WatchRoots(trees, files, links);
    }

    /** Where a path leads; adds the links on the way. */
    private static Path end(RawPath path, Set<Path> links) {
        LinkTrail trail = LinkTrail.of(JavaPath.of(path));
        links.addAll(trail.links());
        return trail.end();
    }

    /** Whether something watched is, or lies below, a path. */
    boolean isAnyBelow(Path path) {
        return Stream.of(trees, files, links).flatMap(Set::stream).anyMatch(watched -> watched.startsWith(path));
    }

    /** The trees that are, or lie below, a path. */
    List<Path> treesBelow(Path path) {
        return below(trees, path);
    }

    /** The files that are, or lie below, a path. */
    List<Path> filesBelow(Path path) {
        return below(files, path);
    }

    /** The links that are, or lie below, a path. */
    List<Path> linksBelow(Path path) {
        return below(links, path);
    }

    private static List<Path> below(Set<Path> watched, Path path) {
        return watched.stream().filter(one -> one.startsWith(path)).toList();
    }
}
