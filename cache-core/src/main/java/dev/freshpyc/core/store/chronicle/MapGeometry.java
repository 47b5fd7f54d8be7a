package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.store.file.UnusableIndexException;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.file.UnusableIndexException.TooOld;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The parameters that determine the layout of a map's memory. The index file stores them, because only a map of the same
 * geometry can read the memory. The number of segments is set here, because another version of the library could choose
 * another number.
 *
 * @param entries number of entries that fit before the map allocates more
 * @param averageKey bytes
 * @param averageValue bytes
 * @param segments number of parts with a lock of their own, a power of two
 */
record MapGeometry(long entries, int averageKey, int averageValue, int segments) {

    /**
     * The totals over the entries of a map.
     *
     * @param longest the most bytes of one key and its value
     */
    record MapTotals(long count, long keyBytes, long valueBytes, long longest) {

        static final MapTotals NONE = new MapTotals(0, 0, 0, 0);

        MapTotals plus(long key, long value) {
            return new MapTotals(count + 1, keyBytes + key, valueBytes + value, Math.max(longest, key + value));
        }
    }

    /** The geometry of a new index, which grows on demand. */
    static final MapGeometry INITIAL = of(1024, 56, 152);

    private static final long MAX_ENTRIES = 1L << 32;
    private static final int MAX_AVERAGE = 1 << 20;
    private static final int MAX_SEGMENTS = 64;
    private static final long FEWEST = 32;
    private static final int LIBRARY_LENGTH = 16;
    private static final int ENCODED = LIBRARY_LENGTH + Long.BYTES + 5 * Integer.BYTES;
    private static final int BYTE_ORDER = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 2;

    static MapGeometry of(long entries, int averageKey, int averageValue) {
        return new MapGeometry(entries, averageKey, averageValue, segments(entries));
    }

    /** The geometry for the given entries, with a twentieth of room to grow and room for the longest entry. */
    static MapGeometry fitting(MapTotals totals) {
        long count = Math.max(totals.count(), 1);
        int key = (int) Math.ceilDiv(totals.keyBytes(), count);
        int value = (int) Math.ceilDiv(totals.valueBytes(), count);
        MapGeometry geometry = of(Math.max(FEWEST, count + count / 20), Math.max(key, 1), Math.max(value, 1));
        return geometry.holding(totals.longest());
    }

    /** The geometry for twice as many entries. */
    MapGeometry doubled() {
        return of(entries * 2, averageKey, averageValue);
    }

    /** This geometry or a larger one, so that each segment has room for two entries of {@code length} bytes. */
    MapGeometry holding(long length) {
        long needed = Math.ceilDiv(2 * length * segments, averageKey + averageValue);
        return needed <= entries ? this : new MapGeometry(needed, averageKey, averageValue, segments);
    }

    /** Whether the room to grow exceeds a sixth of {@code count} entries; a new map has a twentieth. */
    boolean wastefulFor(long count) {
        return entries > 2 * FEWEST && entries > count + count / 6;
    }

    /** Whether a map of this geometry can have {@code size} bytes; checked before the map is allocated. */
    boolean isPlausible(long size) {
        boolean inRange = entries > 0
                && entries <= MAX_ENTRIES
                && averageKey > 0
                && averageKey <= MAX_AVERAGE
                && averageValue > 0
                && averageValue <= MAX_AVERAGE
                && segments > 0
                && segments <= MAX_SEGMENTS;
        return inRange && entries * ((long) averageKey + averageValue) <= size;
    }

    /** The bytes of the section {@value IndexFile#MAP}. */
    byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(ENCODED).order(ByteOrder.LITTLE_ENDIAN);
        out.put(library()).putInt(OffHeapMap.pageSize()).putInt(BYTE_ORDER);
        return out.putLong(entries)
                .putInt(averageKey)
                .putInt(averageValue)
                .putInt(segments)
                .array();
    }

    /**
     * The geometry in the bytes of the section {@value IndexFile#MAP}.
     *
     * @throws TooOld when the image has the layout of another library or machine
     */
    static MapGeometry decode(Path file, byte[] section) throws UnusableIndexException {
        Corrupt.unless(section.length == ENCODED, file, "a geometry of " + ENCODED + " bytes", section.length + "");
        ByteBuffer in = ByteBuffer.wrap(section).order(ByteOrder.LITTLE_ENDIAN);
        byte[] library = new byte[LIBRARY_LENGTH];
        in.get(library);
        if (!Arrays.equals(library, library())) {
            String found = new String(library, StandardCharsets.US_ASCII).strip();
            throw new TooOld(file, "Chronicle Map " + OffHeapMap.LIBRARY, found);
        }
        int pageSize = in.getInt();
        if (pageSize != OffHeapMap.pageSize() || in.getInt() != BYTE_ORDER) {
            throw new TooOld(file, "this machine's page size and byte order", pageSize + " bytes");
        }
        return new MapGeometry(in.getLong(), in.getInt(), in.getInt(), in.getInt());
    }

    private static byte[] library() {
        return Arrays.copyOf(OffHeapMap.LIBRARY.getBytes(StandardCharsets.US_ASCII), LIBRARY_LENGTH);
    }

    private static int segments(long entries) {
        if (entries < 1 << 10) {
            return 1;
        }
        return entries < 1 << 13 ? 4 : entries < 1 << 16 ? 8 : entries < 1 << 19 ? 16 : 32;
    }
}
