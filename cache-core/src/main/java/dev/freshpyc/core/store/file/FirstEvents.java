package dev.freshpyc.core.store.file;

import dev.freshpyc.core.store.StoreEvents;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Forwards only the first event about each file, because a command may open a file several times. */
final class FirstEvents implements StoreEvents {

    private final Set<Path> reported = ConcurrentHashMap.newKeySet();
    private final StoreEvents events;

    FirstEvents(StoreEvents events) {
        this.events = events;
    }

    @Override
    public void setAside(Path file, String expected, String found) {
        if (reported.add(file)) {
            events.setAside(file, expected, found);
        }
    }

    @Override
    public void leftInPlace(Path file, String expected, String found, String why) {
        if (reported.add(file)) {
            events.leftInPlace(file, expected, found, why);
        }
    }

    @Override
    public void newer(Path file, String found) {
        if (reported.add(file)) {
            events.newer(file, found);
        }
    }

    @Override
    public void distrusted(Path file, String why) {
        if (reported.add(file)) {
            events.distrusted(file, why);
        }
    }
}
