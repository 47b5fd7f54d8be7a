package dev.freshpyc.core.store.chronicle;

/**
 * What a map's layout follows from. It is stored with the memory, because the same memory makes sense in a map of the
 * same shape only; the library's own choice of segments is not used, since another version could choose otherwise.
 *
 * @param entries how many fit before the map has to allocate more
 * @param averageKey bytes
 * @param averageValue bytes
 * @param segments how many parts lock on their own, a power of two
 */
record Shape(long entries, int averageKey, int averageValue, int segments) {

    /** For a new index: it grows soon enough. */
    static final Shape INITIAL = of(1024, 56, 152);

    private static final long MAX_ENTRIES = 1L << 32;
    private static final int MAX_AVERAGE = 1 << 20;
    private static final int MAX_SEGMENTS = 64;
    private static final long FEWEST = 32;

    static Shape of(long entries, int averageKey, int averageValue) {
        return new Shape(entries, averageKey, averageValue, segments(entries));
    }

    /** With a twentieth of room to grow, and large enough for the longest. */
    static Shape fitting(Contents contents) {
        long count = Math.max(contents.count(), 1);
        int key = (int) Math.ceilDiv(contents.keyBytes(), count);
        int value = (int) Math.ceilDiv(contents.valueBytes(), count);
        Shape shape = of(Math.max(FEWEST, count + count / 20), Math.max(key, 1), Math.max(value, 1));
        return shape.holding(contents.longest());
    }

    /** For twice as many. */
    Shape doubled() {
        return of(entries * 2, averageKey, averageValue);
    }

    /** At least so large that one segment has twice the room that a key and value of {@code length} bytes need. */
    Shape holding(long length) {
        long needed = Math.ceilDiv(2 * length * segments, averageKey + averageValue);
        return needed <= entries ? this : new Shape(needed, averageKey, averageValue, segments);
    }

    /** Whether there is more room in it than {@code count} entries deserve: a sixth, where a new map has a twentieth. */
    boolean wastefulFor(long count) {
        return entries > 2 * FEWEST && entries > count + count / 6;
    }

    /** Whether a map of this shape can have {@code size} bytes: asked before anything is allocated for it. */
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

    private static int segments(long entries) {
        if (entries < 1 << 10) {
            return 1;
        }
        return entries < 1 << 13 ? 4 : entries < 1 << 16 ? 8 : entries < 1 << 19 ? 16 : 32;
    }
}
