package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.ObjectDigest.ContentBits;
import java.io.IOException;

/**
 * Digests an object without parts: its content and then its type, both in a canonical form that does not depend on how the
 * object is encoded.
 *
 * <pre>
 * Python 3:  t u, and a A z Z of ASCII bytes only    u   (CPython reads other bytes of those as Latin-1: a)
 *            i I, and l of up to four digits               i   with 8 bytes
 * Python 2:  s t                                     s
 *            i                                       i   with 8 bytes; I and l are other objects there
 * </pre>
 *
 * A number as text (f, x) never has the digest of a binary number. Current interpreters do not write numbers as text.
 */
final class LeafDigest {
    /** The largest count of digits whose value always fits in a {@code long}. */
    private static final int SMALL = 4;

    private static final int DIGIT_BITS = 15;

    /** The tag of a string that CPython reads as Latin-1. A string in UTF-8 with other bytes may equal it. */
    private static final int LATIN_1 = 'a';

    private final PartDigest digest;
    private final Window.Taker taker = this::take;
    private final byte[] eight = new byte[Long.BYTES];
    private boolean python2;
    private boolean checksNumbers;
    private int type;
    private boolean ascii;
    private boolean small;
    private boolean negative;
    private long shift;
    private int lastDigit;

    /** The remainder of a long with many digits, for its {@link EqualityHash}. */
    private long remainder;

    /** The value of a small integer, or the bits of a float or of the imaginary part of a complex number. */
    private long value;

    /** The bits of the real part of a complex number. */
    private long real;

    LeafDigest(ObjectHash hash) {
        digest = hash.begin();
    }

    void begin(MarshalDialect dialect) {
        digest.reset();
        python2 = dialect == MarshalDialect.CPYTHON_2_7;
        checksNumbers = dialect.checksNumbers();
    }

    void met(int newType) {
        type = newType;
        ascii = true;
        small = false;
    }

    /** Digests the next {@code count} bytes of {@code window}. */
    void content(Window window, long count) throws IOException, WalkEnd {
        switch (type) {
            case 'i' -> {
                value = window.signedInt();
                eightBytes(value);
            }
            case 'I', 'g', 'y' -> {
                for (long left = count; left > 0; left -= Long.BYTES) {
                    real = value;
                    value = (window.signedInt() & 0xffffffffL) | (long) window.signedInt() << 32;
                    eightBytes(value);
                }
            }
            case 'x' -> {
                digest.update((byte) count);
                window.feed(count, taker);
            }
            default -> window.feed(count, taker);
        }
    }

    void digits(int count) {
        small = checksNumbers && !python2 && Math.abs((long) count) <= SMALL;
        negative = count < 0;
        shift = 0;
        lastDigit = 0;
        remainder = 0;
        value = 0;
        if (!small) {
            eightBytes(count);
        }
    }

    void digit(int digit) {
        if (small) {
            value |= (long) digit << shift;
        } else {
            digest.update((byte) digit);
            digest.update((byte) (digit >> Byte.SIZE));
            remainder = EqualityHash.plusDigit(remainder, digit, shift);
        }
        shift += DIGIT_BITS;
        lastDigit = digit;
    }

    /** Finishes the object into {@code whole}. */
    void end(ObjectDigest whole) {
        if (small) {
            value = negative ? -value : value;
            eightBytes(value);
        }
        int tag = tag();
        digest.update((byte) tag);
        digest.finish(whole.digest);
        whole.equality = equality(whole.digest);
        whole.bits |= tag == LATIN_1 ? ContentBits.AMBIGUOUS : 0;
    }

    private long equality(byte[] own) {
        return switch (type) {
            case 'F' -> EqualityHash.ofInteger(0);
            case 'T' -> EqualityHash.ofInteger(1);
            case 'i', 'I' -> EqualityHash.ofInteger(value);
            case 'l' -> small ? EqualityHash.ofInteger(value) : largeEquality();
            case 'g' -> EqualityHash.ofFloat(value);
            case 'y' -> EqualityHash.ofComplex(real, value);
            default -> EqualityHash.ofDigest(own);
        };
    }

    private long largeEquality() {
        long bits = shift - Integer.numberOfLeadingZeros(lastDigit) + Integer.SIZE - DIGIT_BITS;
        return EqualityHash.ofInteger(negative, remainder, bits);
    }

    /** Whether the object has the type of names: {@code str} of the version. */
    boolean isString() {
        return tag() == (python2 ? 's' : 'u');
    }

    private int tag() {
        return switch (type) {
            case 'a', 'A', 'z', 'Z' -> ascii ? 'u' : LATIN_1;
            case 't' -> python2 ? 's' : 'u';
            case 'I' -> python2 ? 'I' : 'i';
            case 'l' -> small ? 'i' : 'l';
            default -> type;
        };
    }

    private void take(byte[] bytes, int from, int length) {
        for (int index = from; ascii && index < from + length; index++) {
            ascii = bytes[index] >= 0;
        }
        digest.update(bytes, from, length);
    }

    private void eightBytes(long number) {
        for (int index = 0; index < Long.BYTES; index++) {
            eight[index] = (byte) (number >> (index * Byte.SIZE));
        }
        digest.update(eight);
    }
}
