package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import java.util.Arrays;

/** Finds the source, or the legacy bytecode, of a stem in constant time. Reused for each directory. */
final class SourceTable {

    private final EntryType type;
    private final int suffix;
    private int[] slots = new int[64];
    private int mask = slots.length - 1;
    private Listing sources = Listing.empty();

    /** A table of the sources. */
    SourceTable() {
        this(EntryType.SOURCE);
    }

    /** @param type {@link EntryType#SOURCE} or {@link EntryType#PYC} */
    SourceTable(EntryType type) {
        this.type = type;
        this.suffix = (type == EntryType.PYC ? PycPath.PYC_SUFFIX : PycPath.SOURCE_SUFFIX).length();
    }

    /** Fills the table with the files of {@code listing}, which must not change while the table is used. */
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
            if (listing.type(index) == type && isWanted(listing, index)) {
                put(index);
            }
        }
    }

    /** The index of the file with that stem, or −1. */
    int find(byte[] bytes, int from, int to) {
        int slot = hash(bytes, from, to) & mask;
        while (slots[slot] != 0) {
            int index = slots[slot] - 1;
            int start = sources.start(index);
            if (Arrays.equals(sources.bytes(), start, sources.end(index) - suffix, bytes, from, to)) {
                return index;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /** Whether a name has the suffix of this table. Imports ignore {@code .pyo}, which the listing counts as bytecode. */
    private boolean isWanted(Listing listing, int index) {
        return type != EntryType.PYC || listing.bytes()[listing.end(index) - 1] == 'c';
    }

    private void put(int index) {
        int slot = hash(sources.bytes(), sources.start(index), sources.end(index) - suffix) & mask;
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
