package dev.freshpyc.core.store.chronicle;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keys and values of changed records, for many threads. */
sealed interface EntryMap extends AutoCloseable permits FewEntries, GrowingMap {

    /** The value of a key; null if the map has no such key. */
    byte @Nullable [] get(byte[] key);

    /** Stores an entry. The arrays must not change afterwards. */
    void put(byte[] key, byte[] value);

    /** Visits every key. The action must not keep the array, which may be used for the next key. */
    void forEachKey(Consumer<byte[]> action);

    @Override
    void close();
}
