package dev.freshpyc.core.marshal;

import java.util.Arrays;

/** The digests of objects that can be referred to, by slot: at most {@value #LIMIT}, twenty times what large modules have. */
final class DigestTable {
    static final int LIMIT = 1 << 20;

    private static final int INITIAL = 256;

    /** A table larger than this gives its memory back afterwards. */
    private static final int MAX_KEPT = 1 << 16;

    private byte[] digests = new byte[INITIAL * PartDigest.LENGTH];
    private int[] kinds = new int[INITIAL];
    private long[] offsets = new long[INITIAL];

    void clear() {
        if (kinds.length > MAX_KEPT) {
            resize(INITIAL);
        }
        Arrays.fill(kinds, 0);
    }

    /** Keeps an object; false when the table is full. */
    boolean put(long slot, Digested object) {
        if (slot >= LIMIT) {
            return false;
        }
        int index = (int) slot;
        if (index >= kinds.length) {
            resize(Math.max(index + 1, kinds.length * 2));
        }
        System.arraycopy(object.digest, 0, digests, index * PartDigest.LENGTH, PartDigest.LENGTH);
        kinds[index] = object.kinds;
        offsets[index] = object.offset;
        return true;
    }

    /** Finds an object; false where none was put, since it is not whole yet, or is no object. */
    boolean get(long slot, Digested into) {
        if (slot >= kinds.length || kinds[(int) slot] == 0) {
            return false;
        }
        int index = (int) slot;
        System.arraycopy(digests, index * PartDigest.LENGTH, into.digest, 0, PartDigest.LENGTH);
        into.kinds = kinds[index];
        into.offset = offsets[index];
        return true;
    }

    private void resize(int size) {
        digests = Arrays.copyOf(digests, size * PartDigest.LENGTH);
        kinds = Arrays.copyOf(kinds, size);
        offsets = Arrays.copyOf(offsets, size);
    }
}
