package dev.freshpyc.core.store.chronicle;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map that many threads may change. When the map outgrows its geometry, its entries are copied into a larger map. Reads
 * and writes of entries hold the shared lock and do not exclude each other. The copy holds the exclusive lock; a copy
 * happens each time that the size doubles.
 */
final class GrowingMap implements EntryMap {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private OffHeapMap map;

    GrowingMap(OffHeapMap map) {
        this.map = map;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        Lock shared = lock.readLock();
        shared.lock();
        try {
            return map.get(key);
        } finally {
            shared.unlock();
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        if (!putShared(key, value)) {
            putExclusively(key, value);
        }
    }

    @Override
    public void forEachKey(Consumer<byte[]> action) {
        Lock shared = lock.readLock();
        shared.lock();
        try {
            map.forEachKey(action);
        } finally {
            shared.unlock();
        }
    }

    @Override
    public void close() {
        Lock exclusive = lock.writeLock();
        exclusive.lock();
        try {
            map.close();
        } finally {
            exclusive.unlock();
        }
    }

    private boolean putShared(byte[] key, byte[] value) {
        Lock shared = lock.readLock();
        shared.lock();
        try {
            return !isFull() && map.put(key, value);
        } finally {
            shared.unlock();
        }
    }

    private void putExclusively(byte[] key, byte[] value) {
        Lock exclusive = lock.writeLock();
        exclusive.lock();
        try {
            while (isFull() || !map.put(key, value)) {
                replace(larger(key.length + value.length));
            }
        } finally {
            exclusive.unlock();
        }
    }

    /** A map in many pieces is slow, so the map is replaced when it has more than twice its planned number of entries. */
    private boolean isFull() {
        return map.overflows() && map.count() > 2 * map.geometry().entries();
    }

    /**
     * A geometry for twice the present content and a new entry of {@code length} bytes, always larger than the present
     * geometry.
     */
    private MapGeometry larger(long length) {
        MapGeometry fitting =
                MapGeometry.fitting(map.totals().plus(0, length)).doubled().holding(length);
        return fitting.entries() > map.geometry().entries()
                ? fitting
                : map.geometry().doubled();
    }

    private void replace(MapGeometry geometry) {
        OffHeapMap larger = OffHeapMap.empty(geometry);
        try {
            map.forEach((key, value) -> requirePut(larger, key, value));
        } catch (RuntimeException e) {
            larger.close();
            throw e;
        }
        map.close();
        map = larger;
    }

    private static void requirePut(OffHeapMap larger, byte[] key, byte[] value) {
        if (!larger.put(key, value)) {
            throw new IllegalStateException("an entry of " + value.length + " bytes does not fit " + larger.geometry());
        }
    }
}
