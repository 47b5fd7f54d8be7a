package dev.freshpyc.core.pyc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-c-d with a 64-bit result (Aumasson and Bernstein, 2012), fed in pieces. Written here because no library of
 * reasonable size offers the 1-3 variant, and this is the only cipher-like code that bytecode headers need.
 */
final class SipHash {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int compressionRounds;
    private final int finalRounds;
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    SipHash(int compressionRounds, int finalRounds, long k0, long k1) {
        this.compressionRounds = compressionRounds;
        this.finalRounds = finalRounds;
        this.v0 = k0 ^ 0x736f6d6570736575L;
        this.v1 = k1 ^ 0x646f72616e646f6dL;
        this.v2 = k0 ^ 0x6c7967656e657261L;
        this.v3 = k1 ^ 0x7465646279746573L;
    }

    /** Feeds {@code length} bytes, a multiple of eight, with at least one call to {@link #finish} still to come. */
    void update(byte[] data, int length) {
        for (int at = 0; at < length; at += Long.BYTES) {
            compress((long) LONGS.get(data, at));
        }
    }

    /** Feeds the last {@code length} bytes and returns the hash of all {@code total} bytes. */
    long finish(byte[] data, int length, long total) {
        int whole = length & ~(Long.BYTES - 1);
        update(data, whole);
        long last = total << 56;
        for (int i = whole; i < length; i++) {
            last |= (data[i] & 0xffL) << (8 * (i - whole));
        }
        compress(last);
        v2 ^= 0xff;
        for (int i = 0; i < finalRounds; i++) {
            round();
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void compress(long word) {
        v3 ^= word;
        for (int i = 0; i < compressionRounds; i++) {
            round();
        }
        v0 ^= word;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
