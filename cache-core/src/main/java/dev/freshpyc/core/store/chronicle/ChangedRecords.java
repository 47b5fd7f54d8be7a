package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.store.table.Cursor;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The changed records of a draft. Many threads may use one instance. The first records are on the heap, more records
 * are off the heap, and records beyond the memory limit are in sorted files. Thus the memory of a run does not grow
 * with its tree, and a run with few changes does not wait for the library of off-heap maps, which takes a tenth of a
 * second to load.
 */
final class ChangedRecords implements Closeable {

    /** How many bytes of keys and values stay off the heap: those of some 40,000 records. */
    static final long IN_MEMORY = 8 << 20;

    /** How many entries stay on the heap. */
    static final int FEW = 1_000;

    /**
     * The number of entries at which a separate thread begins to load the library of off-heap maps, since more entries
     * are likely.
     */
    private static final int SEVERAL = FEW / 2;

    private static final AtomicBoolean LOADING = new AtomicBoolean();

    /** Writes entries to a new temporary file. */
    interface Spilling {
        SpilledChanges spill(Cursor entries) throws IOException;
    }

    private final long inMemory;
    private final Spilling spilling;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final LongAdder bytes = new LongAdder();
    private final List<SpilledChanges> spilled = new ArrayList<>();
    private volatile @Nullable EntryMap map;
    private volatile boolean refused;

    /** @param inMemory how many bytes of keys and values stay off the heap */
    ChangedRecords(long inMemory, Spilling spilling) {
        this.inMemory = inMemory;
        this.spilling = spilling;
    }

    /** The value of a changed key, empty if the key was removed; null if the key has not changed. */
    byte @Nullable [] get(byte[] key) throws IOException {
        Lock shared = lock.readLock();
        shared.lock();
        try {
            EntryMap known = map;
            byte @Nullable [] value = known == null ? null : known.get(key);
            for (int i = spilled.size() - 1; i >= 0 && value == null; i--) {
                value = spilled.get(i).get(key);
            }
            return value;
        } finally {
            shared.unlock();
        }
    }

    void put(byte[] key, byte[] value) {
        int few;
        Lock shared = lock.readLock();
        shared.lock();
        try {
            EntryMap entries = map();
            entries.put(key, value);
            few = entries instanceof FewEntries known ? known.count() : 0;
            bytes.add(key.length + value.length);
        } finally {
            shared.unlock();
        }
        if (few == SEVERAL) {
            loadLibrary();
        } else if (few > FEW) {
            moveOffHeap();
        }
        if (!refused && bytes.sum() > inMemory) {
            spill();
        }
    }

    /** Whether some changes are in files. */
    boolean isSpilled() {
        return !spilled.isEmpty();
    }

    /** About how many bytes the keys and values in memory have. */
    long bytes() {
        return bytes.sum();
    }

    /** The entries of each layer, the newest first. Nothing may be changed until they are read. */
    List<Cursor> layers() {
        List<Cursor> layers = new ArrayList<>();
        EntryMap known = map;
        if (known != null) {
            layers.add(new MapCursor(known));
        }
        spilled.reversed().forEach(one -> layers.add(one.cursor()));
        return layers;
    }

    @Override
    public void close() throws IOException {
        EntryMap known = map;
        if (known != null) {
            known.close();
        }
        for (SpilledChanges one : spilled) {
            one.close();
        }
    }

    private static void loadLibrary() {
        if (LOADING.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("library").start(OffHeapMap::load);
        }
    }

    private void moveOffHeap() {
        Lock exclusive = lock.writeLock();
        exclusive.lock();
        try {
            if (map instanceof FewEntries few) {
                GrowingMap many = newOffHeapMap();
                few.copyTo(many);
                map = many;
            }
        } finally {
            exclusive.unlock();
        }
    }

    private static GrowingMap newOffHeapMap() {
        return new GrowingMap(OffHeapMap.empty(MapGeometry.INITIAL));
    }

    private EntryMap map() {
        EntryMap known = map;
        return known == null ? newMap() : known;
    }

    private synchronized EntryMap newMap() {
        EntryMap known = map;
        if (known == null) {
            known = spilled.isEmpty() ? new FewEntries() : newOffHeapMap();
            map = known;
        }
        return known;
    }

    /** Writes the changes in memory to a file. If the system refuses, they stay in memory, and the publication reports the cause. */
    private void spill() {
        Lock exclusive = lock.writeLock();
        exclusive.lock();
        try {
            EntryMap full = map;
            if (full != null && bytes.sum() > inMemory) {
                spilled.add(spilling.spill(new MapCursor(full)));
                map = null;
                full.close();
                bytes.reset();
            }
        } catch (IOException _) {
            refused = true;
        } finally {
            exclusive.unlock();
        }
    }
}
