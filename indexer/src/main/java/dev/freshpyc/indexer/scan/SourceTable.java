package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds the source, the legacy bytecode or the directory of a stem in constant time. Reused for each directory. */
final class SourceTable {

    private final EntryType type;
    private final byte[] suffix;
    private int[] slots = new int[64];
    private int mask = slots.length - 1;
    private Listing sources = Listing.empty();

    private SourceTable(EntryType type, String suffix) {
        this.type = type;
        this.suffix = suffix.getBytes(StandardCharsets.US_ASCII);
    }

    /** A table of the sources. */
    SourceTable() {
        this(EntryType.SOURCE, PycPath.SOURCE_SUFFIX);
    }

    /**
     * A table of the legacy bytecode that an interpreter reads.
     *
     * @param suffix {@link PycPath#PYC_SUFFIX} or {@link PycPath#PYO_SUFFIX}
     */
    static SourceTable ofBytecode(String suffix) {
        return new SourceTable(EntryType.PYC, suffix);
    }

    /** A table of the directories that have the name of a source. */
    static SourceTable ofDirectories() {
        return new SourceTable(EntryType.DIRECTORY, PycPath.SOURCE_SUFFIX);
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
            if (Arrays.equals(sources.bytes(), start, sources.end(index) - suffix.length, bytes, from, to)) {
                return index;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /** Whether a name has the suffix of this table. The listing counts {@code .pyc} and {@code .pyo} as bytecode. */
    private boolean isWanted(Listing listing, int index) {
        int from = listing.end(index) - suffix.length;
        return from > listing.start(index)
                && Arrays.equals(listing.bytes(), from, listing.end(index), suffix, 0, suffix.length);
    }

    private void put(int index) {
        int slot = hash(sources.bytes(), sources.start(index), sources.end(index) - suffix.length) & mask;
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
