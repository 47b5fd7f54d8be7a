package dev.freshpyc.indexer.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way from a path to its file. Where one of the links changes, the path leads to another file.
 *
 * @param links the symbolic links on the way; no link comes before the last name of any of these paths
 * @param end the path without links where the way ends; nothing need exist there
 */
record LinkTrail(Set<Path> links, Path end) {

    /** The most links on a way, as in Linux: path_resolution(7). */
    private static final int MAX_LINKS = 40;

    /** Follows a path. A path with more links than the system follows ends at the last of them. */
    static LinkTrail of(Path path) {
        Set<Path> links = new LinkedHashSet<>();
        Path absolute = path.toAbsolutePath();
        Path at = absolute.getRoot();
        Deque<Path> names = new ArrayDeque<>();
        absolute.forEach(names::add);
        for (int followed = 0; !names.isEmpty(); ) {
            Path next = step(at, names.pop());
            if (followed < MAX_LINKS && Files.isSymbolicLink(next)) {
                followed++;
                links.add(next);
                Path target = target(next);
                at = target.isAbsolute() ? target.getRoot() : at;
                pushAll(target, names);
            } else {
                at = next;
            }
        }
        return new LinkTrail(links, at);
    }

    /** The path of a file whose directory is named without links; the file itself may be one. */
    static Path withoutLinksAbove(Path file) {
        @Nullable Path directory = file.getParent();
        return directory == null ? file : of(directory).end().resolve(file.getFileName());
    }

    private static Path step(Path directory, Path name) {
        return switch (name.toString()) {
            case "", "." -> directory;
            case ".." -> directory.getParent() == null ? directory : directory.getParent();
            default -> directory.resolve(name);
        };
    }

    /** The target of a link; the empty path, which leads nowhere else, where the link is gone. */
    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException gone) {
            return Path.of("");
        }
    }

    private static void pushAll(Path target, Deque<Path> names) {
        for (int i = target.getNameCount() - 1; i >= 0; i--) {
            names.push(target.getName(i));
        }
    }
}
