package dev.freshpyc.core.store;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every event of a store as a message. */
public final class RecordedEvents implements StoreEvents {

    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public void setAside(Path file, String expected, String found) {
        messages.add("set aside: expected " + expected + ", found " + found);
    }

    @Override
    public void leftInPlace(Path file, String expected, String found, String why) {
        messages.add("left since " + why + ": expected " + expected + ", found " + found);
    }

    @Override
    public void newer(Path file, String found) {
        messages.add("newer: " + found);
    }

    @Override
    public void distrusted(Path file, String why) {
        messages.add("not believed: " + file.getFileName() + ": " + why);
    }

    public List<String> messages() {
        return List.copyOf(messages);
    }
}
