package dev.freshpyc.core.store.file;

import dev.freshpyc.core.store.StoreEvents;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes on the first event about each file: the same file is met by every command that opens it. */
final class FirstEvents implements StoreEvents {

    private final Set<Path> told = ConcurrentHashMap.newKeySet();
    private final StoreEvents events;

    FirstEvents(StoreEvents events) {
        this.events = events;
    }

    @Override
    public void setAside(Path file, String expected, String found) {
        if (told.add(file)) {
            events.setAside(file, expected, found);
        }
    }

    @Override
    public void newer(Path file, String found) {
        if (told.add(file)) {
            events.newer(file, found);
        }
    }

    @Override
    public void notBelieved(Path file, String why) {
        if (told.add(file)) {
            events.notBelieved(file, why);
        }
    }
}
