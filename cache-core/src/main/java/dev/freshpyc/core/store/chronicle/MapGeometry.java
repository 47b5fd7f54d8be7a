package dev.freshpyc.core.store.chronicle;

/**
 * The parameters of a map's memory.
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

    private static final long FEWEST = 32;

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

    private static int segments(long entries) {
        if (entries < 1 << 10) {
            return 1;
        }
        return entries < 1 << 13 ? 4 : entries < 1 << 16 ? 8 : entries < 1 << 19 ? 16 : 32;
    }
}
