package dev.freshpyc.core.store;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a store tells. */
public final class Told implements StoreEvents {

    private final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void setAside(Path file, String expected, String found) {
        events.add("set aside: expected " + expected + ", found " + found);
    }

    @Override
    public void newer(Path file, String found) {
        events.add("newer: " + found);
    }

    @Override
    public void notBelieved(Path file, String why) {
        events.add("not believed: " + file.getFileName() + ": " + why);
    }

    public List<String> events() {
        return List.copyOf(events);
    }
}
