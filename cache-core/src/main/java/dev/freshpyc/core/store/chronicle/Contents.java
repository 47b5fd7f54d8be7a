package dev.freshpyc.core.store.chronicle;

/** How much a map holds: how many entries, how many bytes they have together, and the longest of them has. */
record Contents(long count, long keyBytes, long valueBytes, long longest) {

    static final Contents NONE = new Contents(0, 0, 0, 0);

    Contents plus(long key, long value) {
        return new Contents(count + 1, keyBytes + key, valueBytes + value, Math.max(longest, key + value));
    }
}
