package dev.freshpyc.core.marshal;

import java.nio.ByteBuffer;

/**
 * Hashes values as Python compares them: values that are equal in Python have equal hashes, whatever their types are. {@code 1},
 * {@code 1.0} and {@code True} are equal, and so are tuples of them. Unequal values have different hashes, apart from rare
 * accidents.
 *
 * <p>The hash of a whole number is made of its sign, its length in bits and its remainder by 2<sup>61</sup> - 1, which takes
 * no more than a shift for each digit of a long and for the exponent of a float.
 */
final class EqualityHash {
    private static final int BITS = 61;
    private static final long MODULUS = (1L << BITS) - 1;

    private static final int FRACTION_BITS = 52;
    private static final long FRACTION = (1L << FRACTION_BITS) - 1;

    /** An odd number without pattern: the fraction of the golden ratio. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private EqualityHash() {}

    /** The hash of an object that equals only objects with its digest. */
    static long ofDigest(byte[] digest) {
        return ByteBuffer.wrap(digest).getLong();
    }

    static long ofInteger(long value) {
        long magnitude = Math.abs(value); // that of the smallest value is right as an unsigned number
        return ofInteger(
                value < 0,
                Long.remainderUnsigned(magnitude, MODULUS),
                Long.SIZE - Long.numberOfLeadingZeros(magnitude));
    }

    /**
     * The hash of a whole number.
     *
     * @param remainder of the magnitude, as {@link #plusDigit} sums it up
     * @param bits the length of the magnitude in bits
     */
    static long ofInteger(boolean negative, long remainder, long bits) {
        return mixed(remainder + STEP * (2 * bits + (negative ? 1 : 0)));
    }

    /** The remainder of {@code sum + digit * 2^shift}. */
    static long plusDigit(long sum, int digit, long shift) {
        long total = sum + shifted(digit, shift);
        return total >= MODULUS ? total - MODULUS : total;
    }

    /** The hash of a float with those bits. */
    static long ofFloat(long bits) {
        double value = Double.longBitsToDouble(bits);
        if (value == 0) {
            return ofInteger(0);
        }
        if (!Double.isFinite(value) || value != Math.rint(value)) {
            return mixed(bits);
        }
        int exponent = Math.getExponent(value);
        long digits = (bits & FRACTION) | (FRACTION + 1);
        return ofInteger(value < 0, shifted(digits, exponent - FRACTION_BITS), exponent + 1L);
    }

    /** The hash of a complex number with those bits. */
    static long ofComplex(long real, long imaginary) {
        boolean isReal = Double.longBitsToDouble(imaginary) == 0;
        return isReal ? ofFloat(real) : inOrder(ofFloat(real), ofFloat(imaginary));
    }

    /** The hash of a sequence that had the hash {@code sequence} before {@code part} was appended. */
    static long inOrder(long sequence, long part) {
        return mixed(sequence * STEP + part);
    }

    /** The hash of a set that had the hash {@code set} before {@code member} was added; the order does not matter. */
    static long inAnyOrder(long set, long member) {
        return set + mixed(member);
    }

    /** A number below the modulus times {@code 2^shift}: since 2^61 leaves 1, the bits rotate. */
    private static long shifted(long number, long shift) {
        int distance = Math.floorMod(shift, BITS);
        return ((number << distance) & MODULUS) | number >>> (BITS - distance);
    }

    /** A bijection in which each bit changes about half of the bits: the last steps of MurmurHash3. */
    private static long mixed(long bits) {
        long word = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
        word = (word ^ word >>> 33) * 0xc4ceb9fe1a85ec53L;
        return word ^ word >>> 33;
    }
}
