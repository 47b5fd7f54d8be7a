package dev.freshpyc.indexer.watch;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.JavaPath;
import dev.freshpyc.indexer.watch.WatchTable.Place;
import dev.freshpyc.indexer.watch.WatchTable.Registration;
import dev.freshpyc.indexer.watch.WatchTable.Role;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches trees and single files by the events of the system (inotify on Linux). The directories above are watched too, so that a
 * removed or renamed tree is watched again when it comes back.
 */
public final class DirectoryWatch implements ChangeSource {

    private final Consumer<String> problems;
    private final WatchRoots roots;
    private final @Nullable WatchService service;
    private final WatchTable table;
    private final LinkedDirectories links = new LinkedDirectories();
    private final TreeWatch trees;
    /** Trees that are gone, and whose return no event will report. */
    private final Set<Path> unseen = new LinkedHashSet<>();

    private boolean complete = true;
    private boolean reported;

    private DirectoryWatch(
            @Nullable WatchService service, Registration registration, WatchRoots roots, Consumer<String> problems) {
        this.service = service;
        this.roots = roots;
        this.problems = problems;
        this.table = new WatchTable(registration);
        this.trees = new TreeWatch(table, links, this::failed, this::tooManyBehind);
    }

    /**
     * Watches trees and files.
     *
     * @param problems gets one line when not every directory can be watched
     */
    public static DirectoryWatch of(WatchRoots roots, Consumer<String> problems) {
        try {
            WatchService service = FileSystems.getDefault().newWatchService();
            return of(service, roots, (directory, kinds) -> directory.register(service, kinds), problems);
        } catch (IOException limit) {
            DirectoryWatch none = new DirectoryWatch(
                    null,
                    (_, _) -> {
                        throw limit;
                    },
                    roots,
                    problems);
            none.failed(limit);
            return none;
        }
    }

    static DirectoryWatch of(
            WatchService service, WatchRoots roots, Registration registration, Consumer<String> problems) {
        DirectoryWatch watch = new DirectoryWatch(service, registration, roots, problems);
        roots.trees().forEach(watch::watchTree);
        roots.files().forEach(watch::watchAbove);
        return watch;
    }

    @Override
    public boolean isComplete() {
        return complete && unseen.isEmpty();
    }

    @Override
    public void await(long nanos, Receiver receiver) throws InterruptedException {
        if (service == null) {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return;
        }
        for (WatchKey key = service.poll(nanos, TimeUnit.NANOSECONDS); key != null; key = service.poll()) {
            @Nullable Place place = table.place(key);
            if (place != null) {
                key.pollEvents().forEach(event -> take(event, place, receiver));
                if (!key.reset()) {
                    lose(key, place, receiver);
                }
            }
        }
        List.copyOf(unseen).stream().filter(Files::isDirectory).forEach(tree -> watchAgain(tree, receiver));
    }

    @Override
    public void close() throws IOException {
        if (service != null) {
            service.close();
        }
    }

    private void take(WatchEvent<?> event, Place place, Receiver receiver) {
        if (!(event.context() instanceof Path name)) {
            overflowed(place, receiver);
            return;
        }
        Path file = place.shown().resolve(name);
        boolean removed = event.kind().equals(StandardWatchEventKinds.ENTRY_DELETE);
        if (!event.kind().equals(StandardWatchEventKinds.ENTRY_MODIFY)) {
            watchAgain(file, receiver);
        }
        roots.filesBelow(file).forEach(one -> receiver.changed(JavaPath.toRaw(one)));
        if (place.inTree() && removed) {
            removed(file, receiver);
        } else if (place.inTree()) {
            written(event, place.real().resolve(name), file, receiver);
        }
    }

    /** Reads a directory again after some of its events were lost, since new directories in it may have been missed. */
    private void overflowed(Place place, Receiver receiver) {
        watchAgain(place.shown(), receiver);
        if (place.inTree()) {
            trees.watch(place.real(), place.shown(), _ -> {});
        }
        roots.filesBelow(place.shown()).forEach(file -> receiver.changed(JavaPath.toRaw(file)));
        receiver.missed();
    }

    private void removed(Path file, Receiver receiver) {
        if (links.remove(file)) {
            table.removeBelow(file);
            receiver.missed();
        } else if (table.hasShown(file)) {
            receiver.missed(); // a directory was removed or moved away, with all files in it
        } else {
            receiver.changed(JavaPath.toRaw(file));
        }
    }

    private void written(WatchEvent<?> event, Path real, Path file, Receiver receiver) {
        Consumer<Path> files = path -> receiver.changed(JavaPath.toRaw(path));
        boolean created = event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE);
        if (created && links.remove(file)) {
            table.removeBelow(file); // another link has taken its place
            receiver.missed();
        }
        if (created && Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
            trees.watch(real, file, files);
        } else if (created && Files.isSymbolicLink(real)) {
            trees.watchLink(file, files);
            files.accept(file);
        } else {
            files.accept(file);
        }
    }

    private void lose(WatchKey key, Place place, Receiver receiver) {
        table.remove(key);
        if (place.inTree()) {
            receiver.missed();
        }
        watchAgain(place.shown(), receiver);
    }

    /** Watches the trees and files again that are, or lie below, a path that came or went. */
    private void watchAgain(Path path, Receiver receiver) {
        for (Path tree : roots.treesBelow(path)) {
            table.removeBelow(tree);
            watchTree(tree);
            receiver.missed();
        }
        roots.filesBelow(path).forEach(this::watchAbove);
    }

    private void watchTree(Path tree) {
        boolean above = watchAbove(tree);
        trees.watch(tree, tree, _ -> {});
        boolean lost = !above && !table.hasReal(tree);
        if (lost && unseen.add(tree)) {
            say(tree + " is not there, and a directory above it cannot be watched");
        } else if (!lost) {
            unseen.remove(tree);
        }
    }

    /** Watches the directories above a path, from the top, as far as they exist; false where one cannot be watched. */
    private boolean watchAbove(Path path) {
        boolean seen = true;
        for (int names = 0; names < path.getNameCount(); names++) {
            Path above = names == 0 ? path.getRoot() : path.getRoot().resolve(path.subpath(0, names));
            try {
                table.add(new Place(above, above, roots.isAroundFile(above) ? Role.AROUND_FILE : Role.ABOVE));
            } catch (IOException failure) {
                seen &= isGone(failure);
            }
        }
        return seen;
    }

    private void failed(IOException failure) {
        if (!isGone(failure)) {
            complete = false;
            say(failure.toString());
        }
    }

    private void tooManyBehind(Path link) {
        problems.accept("more than " + WatchTable.MAX_LINKED + " directories lie behind symbolic links such as "
                + RawPath.of(link.toString()).shown() + ": changes in further ones are looked for every "
                + IndexKeeper.RECONCILED.toMinutes() + " min");
    }

    private static boolean isGone(IOException failure) {
        return failure instanceof NoSuchFileException || failure instanceof NotDirectoryException;
    }

    private void say(String why) {
        if (!reported) {
            reported = true;
            problems.accept(
                    "not every directory can be watched (" + RawPath.of(why).shown()
                            + "): changes are looked for every " + IndexKeeper.POLLED.toSeconds() + " s");
        }
    }
}
