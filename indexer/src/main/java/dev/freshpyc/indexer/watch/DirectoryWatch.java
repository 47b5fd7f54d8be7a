package dev.freshpyc.indexer.watch;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.watch.WatchTable.Registration;
import dev.freshpyc.indexer.watch.WatchTable.WatchedPlace;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches trees and single files by the events of the system (inotify on Linux). The directories above are watched too, so that a
 * removed or renamed tree is watched again when it comes back.
 */
public final class DirectoryWatch implements ChangeSource {

    /** So often the entries are followed again when their links change while the watch begins. */
    private static final int ROUNDS = 3;

    private final Consumer<String> problems;
    private final Supplier<WatchRoots> entries;
    private final @Nullable WatchService service;
    private final WatchTable table;
    private final WatchedLinks links = new WatchedLinks();
    private final TreeWatch trees;
    private final Set<Path> unseen = new LinkedHashSet<>(); // trees that are gone; no event reports their return
    private WatchRoots roots = WatchRoots.NONE;
    private boolean complete = true;
    private boolean reported;

    private DirectoryWatch(
            @Nullable WatchService service,
            Registration registration,
            Supplier<WatchRoots> entries,
            Consumer<String> problems) {
        this.service = service;
        this.entries = entries;
        this.problems = problems;
        this.table = new WatchTable(registration);
        this.trees = new TreeWatch(table, links, this::failed, this::tooManyBehind);
    }

    /**
     * Watches trees and files.
     *
     * @param entries what to watch, by what the links of the file system say at each call
     * @param problems gets one line when not every directory can be watched
     */
    public static DirectoryWatch of(Supplier<WatchRoots> entries, Consumer<String> problems) {
        try {
            WatchService service = FileSystems.getDefault().newWatchService();
            return of(service, entries, (directory, kinds) -> directory.register(service, kinds), problems);
        } catch (IOException limit) {
            DirectoryWatch none = new DirectoryWatch(
                    null,
                    (_, _) -> {
                        throw limit;
                    },
                    entries,
                    problems);
            none.failed(limit);
            return none;
        }
    }

    static DirectoryWatch of(
            WatchService service, Supplier<WatchRoots> entries, Registration registration, Consumer<String> problems) {
        DirectoryWatch watch = new DirectoryWatch(service, registration, entries, problems);
        watch.followEntries();
        return watch;
    }

    /** Watches what the entries lead to now, and no longer what only their links led to before. */
    private void followEntries() {
        WatchRoots now = entries.get();
        for (int round = 0; round < ROUNDS && !now.equals(roots); round++) {
            WatchRoots before = roots;
            roots = now;
            before.trees().stream()
                    .filter(tree -> !roots.trees().contains(tree))
                    .forEach(table::removeBelow);
            unseen.retainAll(roots.trees());
            roots.links().forEach(table::addAbove);
            roots.trees().forEach(this::watchTree);
            roots.files().forEach(this::watchFile);
            now = entries.get(); // the links may have changed before they were watched
        }
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
            @Nullable WatchedPlace place = table.place(key);
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

    private void take(WatchEvent<?> event, WatchedPlace place, Receiver receiver) {
        if (!(event.context() instanceof Path name)) {
            overflowed(place, receiver);
            return;
        }
        Path file = place.shown().resolve(name);
        Path real = place.real().resolve(name);
        boolean removed = event.kind().equals(StandardWatchEventKinds.ENTRY_DELETE);
        if (event.kind().equals(StandardWatchEventKinds.ENTRY_MODIFY)) {
            links.behind(real).forEach(link -> receiver.changed(JavaPath.toRaw(link)));
        } else {
            watchAgain(real, receiver);
        }
        roots.filesBelow(real).forEach(one -> receiver.changed(JavaPath.toRaw(one)));
        if (place.inTree() && removed) {
            removed(file, receiver);
        } else if (place.inTree()) {
            written(event, real, file, receiver);
        }
    }

    /** Reads a directory again after some of its events were lost, since new directories in it may have been missed. */
    private void overflowed(WatchedPlace place, Receiver receiver) {
        watchAgain(place.real(), receiver);
        if (place.inTree()) {
            trees.watch(place.real(), place.shown(), _ -> {});
        }
        roots.filesBelow(place.real()).forEach(file -> receiver.changed(JavaPath.toRaw(file)));
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
        if (created && Files.isSymbolicLink(real)) {
            watchLinkAgain(file, receiver);
            return;
        }
        if (created && links.remove(file)) {
            table.removeBelow(file); // a file or directory has taken the place of a link
            receiver.missed();
        }
        if (created && Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
            trees.watch(real, file, files);
        } else {
            files.accept(file);
        }
    }

    private void lose(WatchKey key, WatchedPlace place, Receiver receiver) {
        table.remove(key);
        if (place.inTree()) {
            receiver.missed();
        }
        watchAgain(place.real(), receiver);
    }

    /** Watches anew what depends on a path that came or went: trees and files there or below, and what lies behind links there or below. */
    private void watchAgain(Path path, Receiver receiver) {
        if (roots.isAnyBelow(path)) {
            WatchRoots before = roots;
            followEntries();
            if (!roots.equals(before)) {
                receiver.missed();
            }
        }
        roots.linksBelow(path).forEach(table::addAbove);
        for (Path tree : roots.treesBelow(path)) {
            table.removeBelow(tree);
            watchTree(tree);
            receiver.missed();
        }
        roots.filesBelow(path).forEach(this::watchFile);
        links.below(path).forEach(link -> watchLinkAgain(link, receiver));
    }

    /** Watches behind a link in a tree which leads somewhere else, or to another file, than before. */
    private void watchLinkAgain(Path link, Receiver receiver) {
        Consumer<Path> files = path -> receiver.changed(JavaPath.toRaw(path));
        if (links.remove(link)) {
            table.removeBelow(link);
            receiver.missed();
        }
        trees.watchLink(link, files);
        files.accept(link);
    }

    private void watchTree(Path tree) {
        boolean above = table.addAbove(tree);
        trees.watch(tree, tree, _ -> {});
        boolean lost = !above && !table.hasReal(tree);
        if (lost && unseen.add(tree)) {
            say(tree + " is not there, and a directory above it cannot be watched");
        } else if (!lost) {
            unseen.remove(tree);
        }
    }

    private void watchFile(Path file) {
        try {
            table.addAround(file);
        } catch (IOException failure) {
            failed(failure);
        }
    }

    private void failed(IOException failure) {
        if (!WatchTable.isGone(failure)) {
            complete = false;
            say(reason(failure));
        }
    }

    /** The cause without the names of Java's classes. */
    private static String reason(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof AccessDeniedException ? message + ": permission denied" : message;
    }

    private void tooManyBehind(Path link) {
        problems.accept("more than " + WatchTable.MAX_LINKED + " directories or " + WatchedLinks.MAX
                + " files lie behind symbolic links, one of them "
                + JavaPath.toRaw(link).shown()
                + ": changes in further ones are looked for every "
                + IndexKeeper.RECONCILED.toMinutes() + " min");
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
