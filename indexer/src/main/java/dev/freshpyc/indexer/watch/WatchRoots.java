package dev.freshpyc.indexer.watch;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.JavaPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.PycachePrefix;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The trees and files that a service watches. They need not exist yet.
 *
 * @param trees directories with everything below
 * @param files single files, such as archives
 */
public record WatchRoots(Set<Path> trees, Set<Path> files) {

    /**
     * The directories and archives of entries.
     *
     * @param prefix where pycs lie apart from their sources: the directories there are watched, too
     */
    public static WatchRoots of(List<PathEntry> entries, Optional<PycachePrefix> prefix) {
        Set<Path> trees = new LinkedHashSet<>();
        Set<Path> files = new LinkedHashSet<>();
        for (PathEntry entry : entries) {
            if (entry instanceof PathEntry.Archive archive) {
                files.add(path(archive.file())); // a link here may be changed to lead to another archive
                files.add(JavaPath.of(CanonicalPath.of(archive.file())));
            } else {
                trees.add(JavaPath.of(CanonicalPath.of(entry.path())));
                prefix.ifPresent(
                        known -> trees.add(path(known.mirrored(entry.path().absolute()))));
            }
        }
        return new WatchRoots(trees, files);
    }

    private static Path path(RawPath raw) {
        return JavaPath.of(raw.absolute().normalized());
    }

    /** The trees that are, or lie below, a path. */
    List<Path> treesBelow(Path path) {
        return trees.stream().filter(tree -> tree.startsWith(path)).toList();
    }

    /** The files that are, or lie below, a path. */
    List<Path> filesBelow(Path path) {
        return files.stream().filter(file -> file.startsWith(path)).toList();
    }

    /** Whether a directory has one of the files. */
    boolean isAroundFile(Path directory) {
        return files.stream().anyMatch(file -> directory.equals(file.getParent()));
    }
}
