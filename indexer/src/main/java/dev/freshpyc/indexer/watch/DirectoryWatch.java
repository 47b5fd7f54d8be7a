package dev.freshpyc.indexer.watch;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.JavaPath;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches directories with all directories below them, by the events of the system (inotify on Linux). Links are not followed: what
 * lies behind one is found by the periodic whole refresh.
 *
 * <p>A new directory is watched first and then listed, so that no file in the new directory is missed: a file that is made between the
 * two steps is told twice.
 */
public final class DirectoryWatch implements ChangeSource {

    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };

    private final Consumer<String> problems;
    private final Registration registration;
    private final @Nullable WatchService service;
    private final Map<WatchKey, Path> directories = new HashMap<>();
    private final Set<Path> watched = new HashSet<>();
    private final Set<Path> roots = new HashSet<>();
    private boolean complete = true;

    /** Begins to watch one directory, without those below. */
    @FunctionalInterface
    interface Registration {
        WatchKey register(Path directory) throws IOException;
    }

    private DirectoryWatch(@Nullable WatchService service, Registration registration, Consumer<String> problems) {
        this.service = service;
        this.registration = registration;
        this.problems = problems;
    }

    /**
     * Watches directories.
     *
     * @param problems gets one line when not every directory can be watched
     */
    public static DirectoryWatch of(List<RawPath> roots, Consumer<String> problems) {
        try {
            WatchService service = FileSystems.getDefault().newWatchService();
            return of(service, roots, directory -> directory.register(service, KINDS), problems);
        } catch (IOException limit) {
            DirectoryWatch none = new DirectoryWatch(
                    null,
                    _ -> {
                        throw limit;
                    },
                    problems);
            none.incomplete(limit.toString());
            return none;
        }
    }

    static DirectoryWatch of(
            WatchService service, List<RawPath> roots, Registration registration, Consumer<String> problems) {
        DirectoryWatch watch = new DirectoryWatch(service, registration, problems);
        roots.forEach(root -> watch.watchRoot(JavaPath.of(root)));
        return watch;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public void await(long nanos, Receiver receiver) throws InterruptedException {
        if (service == null) {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return;
        }
        for (WatchKey key = service.poll(nanos, TimeUnit.NANOSECONDS); key != null; key = service.poll()) {
            @Nullable Path directory = directories.get(key);
            if (directory != null) {
                key.pollEvents().forEach(event -> take(event, directory, receiver));
                if (!key.reset()) {
                    lose(key, directory);
                    receiver.missed();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (service != null) {
            service.close();
        }
    }

    private void take(WatchEvent<?> event, Path directory, Receiver receiver) {
        if (!(event.context() instanceof Path name)) {
            watchAll(directory, _ -> {}); // OVERFLOW: new directories may be among what was missed
            receiver.missed();
            return;
        }
        Path file = directory.resolve(name);
        if (event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE)
                && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            watchAll(file, path -> receiver.changed(JavaPath.toRaw(path)));
        } else if (watched.contains(file) && event.kind().equals(StandardWatchEventKinds.ENTRY_DELETE)) {
            receiver.missed(); // removed or moved away: the names of its files are gone
        } else {
            receiver.changed(JavaPath.toRaw(file));
        }
    }

    private void watchRoot(Path root) {
        roots.add(root);
        watchAll(root, _ -> {});
        if (!watched.contains(root)) {
            incomplete(root + " is not there");
        }
    }

    /** Forgets a directory that is gone; when an entry comes back, no event tells. */
    private void lose(WatchKey key, Path directory) {
        directories.remove(key);
        watched.remove(directory);
        if (roots.contains(directory)) {
            incomplete(directory + " is gone");
        }
    }

    /** Watches a directory and all below, and hands out the files that are there. */
    private void watchAll(Path root, Consumer<Path> files) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    watch(directory);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.accept(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    if (!isGone(failure)) {
                        incomplete(failure.toString());
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            incomplete(failure.toString());
        }
    }

    private void watch(Path directory) {
        try {
            directories.put(registration.register(directory), directory);
            watched.add(directory);
        } catch (IOException failure) {
            if (!isGone(failure)) {
                incomplete(failure.toString());
            }
        }
    }

    private static boolean isGone(IOException failure) {
        return failure instanceof NoSuchFileException || failure instanceof NotDirectoryException;
    }

    private void incomplete(String why) {
        if (complete) {
            complete = false;
            problems.accept(
                    "not every directory can be watched (" + RawPath.of(why).shown()
                            + "): changes are looked for every " + IndexKeeper.POLLED.toSeconds() + " s");
        }
    }
}
