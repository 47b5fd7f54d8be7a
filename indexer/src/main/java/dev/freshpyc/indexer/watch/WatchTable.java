package dev.freshpyc.indexer.watch;

import java.io.IOException;
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

    /** At most so many directories are watched behind links: a link to the root of a system must not use up all watches of the user. */
    static final int MAX_LINKED = 10_000;

    private static final WatchEvent.Kind<?>[] FILES = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };
    private static final WatchEvent.Kind<?>[] NAMES = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE
    };

    private final Registration registration;
    private final Map<WatchKey, Place> places = new HashMap<>();
    private final Set<Path> real = new HashSet<>();
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
    record Place(Path real, Path shown, Role role) {

        /** Whether the directory is a tree or lies in one. */
        boolean inTree() {
            return role == Role.IN_TREE;
        }

        private boolean isLinked() {
            return !real.equals(shown);
        }
    }

    /** Why a directory is watched. */
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

    /** Watches a directory. A directory that is watched as a part of a tree keeps this role. */
    void add(Place place) throws IOException {
        if (!place.inTree() && real.contains(place.real())) {
            return;
        }
        WatchKey key = registration.register(place.real(), place.role() == Role.ABOVE ? NAMES : FILES);
        remove(key); // the directory had another path
        places.put(key, place);
        if (place.inTree()) {
            real.add(place.real());
            shown.add(place.shown());
            linked += place.isLinked() ? 1 : 0;
        }
    }

    /** Whether one more directory behind a link may be watched. */
    boolean hasRoomForLinked() {
        return linked < MAX_LINKED;
    }

    /** The directory of a key; null for a directory that is no longer watched. */
    @Nullable
    Place place(WatchKey key) {
        return places.get(key);
    }

    /** Whether a directory, by its path without links, is a part of a watched tree. */
    boolean hasReal(Path directory) {
        return real.contains(directory);
    }

    /** Whether a directory, by its path in the index, is a part of a watched tree. */
    boolean hasShown(Path directory) {
        return shown.contains(directory);
    }

    /** Forgets a directory that is gone. */
    void remove(WatchKey key) {
        @Nullable Place place = places.remove(key);
        if (place != null && place.inTree()) {
            forget(place);
        }
    }

    private void forget(Place place) {
        real.remove(place.real());
        shown.remove(place.shown());
        linked -= place.isLinked() ? 1 : 0;
    }

    /** Stops watching a path and everything below, which may still exist under another name. */
    void removeBelow(Path top) {
        places.entrySet().removeIf(entry -> {
            Place place = entry.getValue();
            boolean below = place.inTree() && place.shown().startsWith(top);
            if (below) {
                entry.getKey().cancel();
                forget(place);
            }
            return below;
        });
    }
}
