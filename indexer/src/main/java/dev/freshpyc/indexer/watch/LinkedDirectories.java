package dev.freshpyc.indexer.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The links inside watched trees that lead to directories outside. A scan reads these directories under the path of the link; a directory
 * that has a path of its own inside a tree is read under that path.
 */
final class LinkedDirectories {

    private final Set<Path> links = new HashSet<>();

    /** The directory that a link leads to; empty for other files. */
    static Optional<Path> target(Path link) {
        try {
            Path target = link.toRealPath();
            return Files.isDirectory(target) ? Optional.of(target) : Optional.empty();
        } catch (IOException leadsNowhere) {
            return Optional.empty();
        }
    }

    /** Notes a link whose directory is watched. */
    void add(Path link) {
        links.add(link);
    }

    /** Whether the link was noted; forgets it. */
    boolean remove(Path link) {
        return links.remove(link);
    }
}
