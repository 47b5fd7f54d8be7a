package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import java.util.Arrays;

/** Finds the source of a pyc by its stem in constant time. Reused for each directory. */
final class SourceTable {

    private static final int SUFFIX = PycPath.SOURCE_SUFFIX.length();

    private int[] slots = new int[64];
    private int mask = slots.length - 1;
    private Listing sources = Listing.empty();

    /** Fills the table with the sources of {@code listing}, which must not change while the table is used. */
    void fill(Listing listing) {
        sources = listing;
        int wanted = Integer.highestOneBit(Math.max(listing.count(), 16)) * 4;
        if (slots.length != wanted) {
            slots = new int[wanted];
            mask = wanted - 1;
        } else {
            Arrays.fill(slots, 0);
        }
        for (int index = 0; index < listing.count(); index++) {
            if (listing.type(index) == EntryType.SOURCE) {
                put(index);
            }
        }
    }

    /** The index of the source {@code stem.py}, or −1. */
    int find(byte[] bytes, int from, int to) {
        int slot = hash(bytes, from, to) & mask;
        while (slots[slot] != 0) {
            int index = slots[slot] - 1;
            int start = sources.start(index);
            if (Arrays.equals(sources.bytes(), start, sources.end(index) - SUFFIX, bytes, from, to)) {
                return index;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    private void put(int index) {
        int slot = hash(sources.bytes(), sources.start(index), sources.end(index) - SUFFIX) & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = index + 1;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash ^ hash >>> 15;
    }
}
