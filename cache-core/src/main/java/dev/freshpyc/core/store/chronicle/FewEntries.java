package dev.freshpyc.core.store.chronicle;

import java.util.Arrays;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries on the heap. For a small number, loading the library of off-heap maps would cost more time than the map
 * saves.
 */
final class FewEntries implements EntryMap {

    private final ConcurrentNavigableMap<byte[], byte[]> entries = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public byte @Nullable [] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        if (entries.put(key, value) == null) {
            count.incrementAndGet();
        }
    }

    /** How many entries there are. */
    int count() {
        return count.get();
    }

    @Override
    public void forEachKey(Consumer<byte[]> action) {
        entries.keySet().forEach(action);
    }

    /** Stores all entries in another map. */
    void copyTo(EntryMap other) {
        entries.forEach(other::put);
    }

    @Override
    public void close() {
        entries.clear();
    }
}
