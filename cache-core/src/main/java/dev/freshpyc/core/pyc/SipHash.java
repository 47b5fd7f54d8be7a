package dev.freshpyc.core.pyc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-c-d with a 64-bit result (Aumasson and Bernstein, 2012), fed in pieces. Written here because no library of
 * reasonable size offers the 1-3 variant, and this is the only cipher-like code that bytecode needs.
 */
public final class SipHash {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int compressionRounds;
    private final int finalRounds;
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    /** The function SipHash-c-d; call {@link #begin} first. */
    public SipHash(int compressionRounds, int finalRounds) {
        this.compressionRounds = compressionRounds;
        this.finalRounds = finalRounds;
    }

    /** Begins a hash under a key of two words. */
    public void begin(long k0, long k1) {
        this.v0 = k0 ^ 0x736f6d6570736575L;
        this.v1 = k1 ^ 0x646f72616e646f6dL;
        this.v2 = k0 ^ 0x6c7967656e657261L;
        this.v3 = k1 ^ 0x7465646279746573L;
    }

    /**
     * Feeds {@code length} bytes, a multiple of eight, before the last call to {@link #finish}. The rounds are written
     * out over local variables: until the JVM's second compiler has compiled them, they are twice as fast as a method over fields.
     */
    public void update(byte[] data, int length) {
        long a = v0;
        long b = v1;
        long c = v2;
        long d = v3;
        int rounds = compressionRounds;
        for (int at = 0; at < length; at += Long.BYTES) {
            long word = (long) LONGS.get(data, at);
            d ^= word;
            for (int i = 0; i < rounds; i++) {
                a += b;
                b = Long.rotateLeft(b, 13) ^ a;
                a = Long.rotateLeft(a, 32);
                c += d;
                d = Long.rotateLeft(d, 16) ^ c;
                a += d;
                d = Long.rotateLeft(d, 21) ^ a;
                c += b;
                b = Long.rotateLeft(b, 17) ^ c;
                c = Long.rotateLeft(c, 32);
            }
            a ^= word;
        }
        v0 = a;
        v1 = b;
        v2 = c;
        v3 = d;
    }

    /** Feeds the last {@code length} bytes and returns the hash of all {@code total} bytes. */
    public long finish(byte[] data, int length, long total) {
        int whole = length & ~(Long.BYTES - 1);
        update(data, whole);
        long last = total << 56;
        for (int i = whole; i < length; i++) {
            last |= (data[i] & 0xffL) << (8 * (i - whole));
        }
        long a = v0;
        long b = v1;
        long c = v2;
        long d = v3 ^ last;
        int rounds = compressionRounds + finalRounds;
        for (int i = 0; i < rounds; i++) {
            if (i == compressionRounds) {
                a ^= last;
                c ^= 0xff;
            }
            a += b;
            b = Long.rotateLeft(b, 13) ^ a;
            a = Long.rotateLeft(a, 32);
            c += d;
            d = Long.rotateLeft(d, 16) ^ c;
            a += d;
            d = Long.rotateLeft(d, 21) ^ a;
            c += b;
            b = Long.rotateLeft(b, 17) ^ c;
            c = Long.rotateLeft(c, 32);
        }
        return a ^ b ^ c ^ d;
    }
}
