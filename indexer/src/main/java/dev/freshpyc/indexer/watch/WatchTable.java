package dev.freshpyc.indexer.watch;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The watched directories. */
final class WatchTable {

    /** The most directories that are watched for links: a link to the root of a system must not use up the watches of its user. */
    static final int MAX_LINKED = 10_000;

    private static final WatchEvent.Kind<?>[] FILES = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };
    private static final WatchEvent.Kind<?>[] NAMES = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE
    };

    private final Registration registration;
    private final Map<WatchKey, WatchedPlace> places = new HashMap<>();
    private final Map<Path, Role> roles = new HashMap<>(); // by the paths without links
    private final Set<Path> shown = new HashSet<>();
    private int linked;

    /** Begins to watch one directory, without those below. */
    @FunctionalInterface
    interface Registration {
        WatchKey register(Path directory, WatchEvent.Kind<?>... kinds) throws IOException;
    }

    /**
     * A watched directory.
     *
     * @param real the path without links
     * @param shown the path by which the index names the files of the directory
     * @param role why the directory is watched
     */
    record WatchedPlace(Path real, Path shown, Role role) {

        /** Whether the directory is a tree or lies in one. */
        boolean inTree() {
            return role == Role.IN_TREE;
        }

        private boolean isForLinks() {
            return role == Role.AROUND_FILE || !real.equals(shown);
        }
    }

    /** Why a directory is watched. A directory has the first role of those that it was added with. */
    enum Role {
        /** All its files matter. */
        IN_TREE,
        /** It has a file that is watched alone. */
        AROUND_FILE,
        /** A tree or such a file lies below: only the names that come and go matter. */
        ABOVE
    }

    WatchTable(Registration registration) {
        this.registration = registration;
    }

    /** Watches a directory, even if it is watched already, since another directory may have taken its name. */
    void add(WatchedPlace asked) throws IOException {
        @Nullable Role known = roles.get(asked.real());
        if (known == Role.IN_TREE && !asked.inTree()) {
            return;
        }
        boolean stays = known == Role.AROUND_FILE && asked.role() == Role.ABOVE;
        WatchedPlace place = stays ? new WatchedPlace(asked.real(), asked.shown(), Role.AROUND_FILE) : asked;
        WatchKey key = registration.register(place.real(), place.role() == Role.ABOVE ? NAMES : FILES);
        remove(key); // the directory had another path or role
        places.put(key, place);
        roles.put(place.real(), place.role());
        linked += place.isForLinks() ? 1 : 0;
        if (place.inTree()) {
            shown.add(place.shown());
        }
    }

    /** Watches the directories above a path, from the top, as far as they exist; whether that succeeded. */
    boolean addAbove(Path path) {
        boolean succeeded = true;
        for (int names = 0; names < path.getNameCount(); names++) {
            Path above = names == 0 ? path.getRoot() : path.getRoot().resolve(path.subpath(0, names));
            try {
                add(new WatchedPlace(above, above, Role.ABOVE));
            } catch (IOException failure) {
                succeeded &= isGone(failure);
            }
        }
        return succeeded;
    }

    /**
     * Watches a file, by the directory that has it and those above.
     *
     * @throws IOException when the directory cannot be watched
     */
    void addAround(Path file) throws IOException {
        @Nullable Path directory = file.getParent();
        if (directory != null) {
            addAbove(directory);
            add(new WatchedPlace(directory, directory, Role.AROUND_FILE));
        }
    }

    /** Whether a directory could not be watched because it does not exist. */
    static boolean isGone(IOException failure) {
        return failure instanceof NoSuchFileException || failure instanceof NotDirectoryException;
    }

    /** Whether one more directory may be watched for links. */
    boolean hasRoomForLinked() {
        return linked < MAX_LINKED;
    }

    /** The directory of a key; null for a directory that is no longer watched. */
    @Nullable
    WatchedPlace place(WatchKey key) {
        return places.get(key);
    }

    /** Whether a directory, by its path without links, is a part of a watched tree. */
    boolean hasReal(Path directory) {
        return roles.get(directory) == Role.IN_TREE;
    }

    /** Whether a directory, by its path in the index, is a part of a watched tree. */
    boolean hasShown(Path directory) {
        return shown.contains(directory);
    }

    /** Forgets a directory that is gone. */
    void remove(WatchKey key) {
        @Nullable WatchedPlace place = places.remove(key);
        if (place != null) {
            forget(place);
        }
    }

    private void forget(WatchedPlace place) {
        roles.remove(place.real());
        shown.remove(place.shown());
        linked -= place.isForLinks() ? 1 : 0;
    }

    /** Stops watching a path and everything below, which may still exist under another name. */
    void removeBelow(Path top) {
        places.entrySet().removeIf(entry -> {
            WatchedPlace place = entry.getValue();
            boolean below = place.inTree() && place.shown().startsWith(top);
            if (below) {
                entry.getKey().cancel();
                forget(place);
            }
            return below;
        });
    }
}
