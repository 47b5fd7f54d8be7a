package dev.freshpyc.indexer.watch;

import dev.freshpyc.indexer.watch.WatchTable.Role;
import dev.freshpyc.indexer.watch.WatchTable.WatchedPlace;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Begins to watch a directory, all directories below, and the files and directories that links lead to. Each directory is watched first
 * and then listed, so that no file in a new directory is missed: a file that is made between the two steps is reported twice.
 */
final class TreeWatch {

    private static final String DEVICE = "unix:dev";

    private final WatchTable table;
    private final WatchedLinks links;
    private final Consumer<IOException> failures;
    private final Consumer<Path> tooMany;
    private boolean reported;

    /**
     * @param failures takes the reason why an existing directory cannot be watched
     * @param tooMany takes the first link behind which there are too many files or directories
     */
    TreeWatch(WatchTable table, WatchedLinks links, Consumer<IOException> failures, Consumer<Path> tooMany) {
        this.table = table;
        this.links = links;
        this.failures = failures;
        this.tooMany = tooMany;
    }

    /** Watches a tree, and hands out its files by the paths that the index has. */
    void watch(Path real, Path shown, Consumer<Path> files) {
        NavigableSet<Path> found = new TreeSet<>();
        walk(new Visitor(real, shown, files, found, Optional.empty()), real);
        watchLinks(found, files);
    }

    /** Watches what a link leads to: a file, or a directory with everything below unless that is watched by another path. */
    void watchLink(Path link, Consumer<Path> files) {
        watchLinks(new TreeSet<>(Set.of(link)), files);
    }

    /** Watches the targets of links in the order of their paths, with the targets of links that are found there. */
    private void watchLinks(NavigableSet<Path> found, Consumer<Path> files) {
        Map<Path, Path> around = new LinkedHashMap<>(); // one file of each directory
        for (Path link = found.pollFirst(); link != null; link = found.pollFirst()) {
            if (links.hasRoom()) {
                watchLink(link, found, around, files);
            } else {
                tellTooMany(link);
            }
        }
        around.values().forEach(this::watchAround);
    }

    private void watchLink(Path link, NavigableSet<Path> found, Map<Path, Path> around, Consumer<Path> files) {
        Path itself = LinkTrail.withoutLinksAbove(link);
        LinkTrail trail = LinkTrail.of(itself);
        Path end = trail.end();
        boolean toDirectory = Files.isDirectory(end, LinkOption.NOFOLLOW_LINKS);
        boolean isWatched = table.hasReal(end);
        Set<Path> names = new HashSet<>(trail.links());
        names.remove(itself); // the events of the tree report it
        if (!toDirectory) {
            names.add(end);
        }
        links.add(link, names, toDirectory && (!isWatched || links.leadsToTree(link)));
        names.forEach(name -> around.putIfAbsent(name.resolveSibling(""), name));
        if (toDirectory && !isWatched) {
            walk(new Visitor(end, link, files, found, Optional.of(device(end))), end);
        }
    }

    private void watchAround(Path file) {
        if (!table.hasRoomForLinked()) {
            tellTooMany(file);
            return;
        }
        try {
            table.addAround(file);
        } catch (IOException failure) {
            failures.accept(failure);
        }
    }

    private void tellTooMany(Path link) {
        if (!reported) {
            reported = true;
            tooMany.accept(link);
        }
    }

    /** The device of a directory; the same value for all directories where the system has no devices. */
    private static Object device(Path directory) {
        try {
            return Files.getAttribute(directory, DEVICE);
        } catch (IOException | UnsupportedOperationException unknown) {
            return DEVICE;
        }
    }

    private void walk(Visitor visitor, Path start) {
        try {
            Files.walkFileTree(start, visitor);
        } catch (IOException failure) {
            failures.accept(failure);
        }
    }

    /** Watches each visited directory, except one behind a link that lies on another device or is watched already. */
    private final class Visitor extends SimpleFileVisitor<Path> {

        private final Path real;
        private final Path shown;
        private final Consumer<Path> files;
        private final Set<Path> found;
        private final Optional<Object> linkedDevice;

        private Visitor(Path real, Path shown, Consumer<Path> files, Set<Path> found, Optional<Object> linkedDevice) {
            this.real = real;
            this.shown = shown;
            this.files = files;
            this.found = found;
            this.linkedDevice = linkedDevice;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (linkedDevice.isPresent() && !mayBeWatchedBehindLink(directory)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            try {
                table.add(new WatchedPlace(directory, shown(directory), Role.IN_TREE));
            } catch (IOException failure) {
                failures.accept(failure);
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean mayBeWatchedBehindLink(Path directory) {
            if (table.hasReal(directory) || !linkedDevice.get().equals(device(directory))) {
                return false;
            }
            if (!table.hasRoomForLinked()) {
                tellTooMany(shown);
                return false;
            }
            return true;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Path name = shown(file);
            if (attributes.isSymbolicLink()) {
                found.add(name);
            }
            files.accept(name);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            failures.accept(failure);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        private Path shown(Path file) {
            return shown.resolve(real.relativize(file));
        }
    }
}
