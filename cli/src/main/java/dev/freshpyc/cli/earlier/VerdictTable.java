package dev.freshpyc.cli.earlier;

import dev.freshpyc.core.digest.Sha256;

/**
 * Maps the keys of findings to small numbers, in 17 bytes for each place: a million findings take at most 36 MiB. The table keeps 128 bits
 * of a key, so that nobody can choose a file name whose key equals that of another file.
 */
final class VerdictTable {

    private static final int FIRST_PLACES = 1 << 10;

    private long[] keys = new long[2 * FIRST_PLACES];
    private byte[] values = new byte[FIRST_PLACES];
    private int size;

    /** The number of a key; 0 where it has none. */
    byte get(Sha256 key) {
        return values[place(keys, values, key.first(), key.second())];
    }

    /** Gives a key a number other than 0. */
    void put(Sha256 key, byte value) {
        if (2 * (size + 1) > values.length) {
            grow();
        }
        int place = place(keys, values, key.first(), key.second());
        size += values[place] == 0 ? 1 : 0;
        set(place, key.first(), key.second(), value);
    }

    private void set(int place, long first, long second, byte value) {
        keys[2 * place] = first;
        keys[2 * place + 1] = second;
        values[place] = value;
    }

    private void grow() {
        long[] oldKeys = keys;
        byte[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new byte[2 * oldValues.length];
        for (int old = 0; old < oldValues.length; old++) {
            if (oldValues[old] != 0) {
                long first = oldKeys[2 * old];
                long second = oldKeys[2 * old + 1];
                set(place(keys, values, first, second), first, second, oldValues[old]);
            }
        }
    }

    /** The place of a key, or the free place where it belongs. */
    private static int place(long[] keys, byte[] values, long first, long second) {
        int mask = values.length - 1;
        int place = (int) first & mask;
        while (values[place] != 0 && (keys[2 * place] != first || keys[2 * place + 1] != second)) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
