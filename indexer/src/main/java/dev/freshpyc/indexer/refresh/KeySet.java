package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.path.RawPath;
import java.util.Arrays;

/**
 * The keys that a refresh has seen, as 64-bit hashes in an open table: 100,000 paths take two megabytes. The chance that two of
 * them have one hash is one in a billion. Then the record of a vanished source would be kept, which does no harm: no file has
 * its stamps.
 */
final class KeySet {

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private long[] slots = new long[1024];
    private int count;

    void add(RawPath key) {
        if (count * 2 >= slots.length) {
            grow();
        }
        if (put(slots, hash(key))) {
            count++;
        }
    }

    void addAll(KeySet other) {
        Arrays.stream(other.slots).filter(hash -> hash != 0).forEach(hash -> {
            if (count * 2 >= slots.length) {
                grow();
            }
            if (put(slots, hash)) {
                count++;
            }
        });
    }

    boolean contains(RawPath key) {
        long hash = hash(key);
        int slot = slot(hash, slots.length);
        while (slots[slot] != 0) {
            if (slots[slot] == hash) {
                return true;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return false;
    }

    int count() {
        return count;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        Arrays.stream(slots).filter(hash -> hash != 0).forEach(hash -> put(larger, hash));
        slots = larger;
    }

    private static boolean put(long[] table, long hash) {
        int slot = slot(hash, table.length);
        while (table[slot] != 0) {
            if (table[slot] == hash) {
                return false;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = hash;
        return true;
    }

    private static int slot(long hash, int length) {
        return (int) (hash >>> 32) & (length - 1);
    }

    private static long hash(RawPath key) {
        long hash = MULTIPLIER;
        for (byte b : key.toBytes()) {
            hash = (hash ^ b) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return hash == 0 ? 1 : hash;
    }
}
