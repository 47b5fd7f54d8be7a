package dev.freshpyc.core.marshal;

import dev.freshpyc.core.digest.HashKeys;
import dev.freshpyc.core.pyc.SipHash;

/**
 * A 128-bit hash for use inside this process: two SipHash-1-3 hashes with random keys that are drawn at the start. The
 * writer of a file did not know the keys, so nobody can craft two objects with equal hashes. Code consists of small pieces,
 * and for small pieces in a JVM that has just started, this hash costs a tenth of SHA-256.
 */
final class KeyedDigest implements PartDigest {

    static final int LENGTH = 2 * Long.BYTES;

    /** A multiple of eight. */
    private static final int BUFFER = 512;

    private static final int COMPRESSION_ROUNDS = 1;
    private static final int FINAL_ROUNDS = 3;

    private static final long[] KEYS = HashKeys.draw(4);

    private final SipHash first = new SipHash(COMPRESSION_ROUNDS, FINAL_ROUNDS);
    private final SipHash second = new SipHash(COMPRESSION_ROUNDS, FINAL_ROUNDS);
    private final byte[] buffer = new byte[BUFFER];
    private int length;
    private long total;

    KeyedDigest() {
        reset();
    }

    @Override
    public void reset() {
        first.begin(KEYS[0], KEYS[1]);
        second.begin(KEYS[2], KEYS[3]);
        length = 0;
        total = 0;
    }

    @Override
    public void update(byte more) {
        if (length == BUFFER) {
            drain();
        }
        buffer[length++] = more;
    }

    @Override
    public void update(byte[] more, int from, int count) {
        for (int taken = 0; taken < count; ) {
            if (length == BUFFER) {
                drain();
            }
            int room = Math.min(BUFFER - length, count - taken);
            System.arraycopy(more, from + taken, buffer, length, room);
            length += room;
            taken += room;
        }
    }

    @Override
    public void finish(byte[] into) {
        total += length;
        put(first.finish(buffer, length, total), into, 0);
        put(second.finish(buffer, length, total), into, Long.BYTES);
        reset();
    }

    private void drain() {
        first.update(buffer, length);
        second.update(buffer, length);
        total += length;
        length = 0;
    }

    private static void put(long word, byte[] into, int at) {
        for (int i = 0; i < Long.BYTES; i++) {
            into[at + i] = (byte) (word >> (i * Byte.SIZE));
        }
    }
}
