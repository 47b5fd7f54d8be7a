package dev.freshpyc.core.marshal;

import java.util.Arrays;

/**
 * The digests of objects that can be referred to, by slot; at most {@value #LIMIT}, twenty times the number in large
 * modules.
 */
final class DigestTable {
    static final int LIMIT = 1 << 20;

    private static final int INITIAL = 256;

    /** A table with more slots is shrunk before the next walk. */
    private static final int MAX_KEPT = 1 << 16;

    private final int length;
    private byte[] digests;
    private int[] bits = new int[INITIAL];
    private long[] equalities = new long[INITIAL];
    private long[] offsets = new long[INITIAL];

    /** @param length of a digest, in bytes */
    DigestTable(int length) {
        this.length = length;
        digests = new byte[INITIAL * length];
    }

    void clear() {
        if (bits.length > MAX_KEPT) {
            resize(INITIAL);
        }
        Arrays.fill(bits, 0);
    }

    /** Stores an object's digest; false if the table is full. */
    boolean put(long slot, ObjectDigest object) {
        if (slot >= LIMIT) {
            return false;
        }
        int index = (int) slot;
        if (index >= bits.length) {
            resize(Math.max(index + 1, bits.length * 2));
        }
        System.arraycopy(object.digest, 0, digests, index * length, length);
        bits[index] = object.bits;
        equalities[index] = object.equality;
        offsets[index] = object.offset;
        return true;
    }

    /** Copies a stored digest; false if the slot holds no complete object. */
    boolean get(long slot, ObjectDigest into) {
        if (slot >= bits.length || bits[(int) slot] == 0) {
            return false;
        }
        int index = (int) slot;
        System.arraycopy(digests, index * length, into.digest, 0, length);
        into.bits = bits[index];
        into.equality = equalities[index];
        into.offset = offsets[index];
        return true;
    }

    private void resize(int size) {
        digests = Arrays.copyOf(digests, size * length);
        bits = Arrays.copyOf(bits, size);
        equalities = Arrays.copyOf(equalities, size);
        offsets = Arrays.copyOf(offsets, size);
    }
}
