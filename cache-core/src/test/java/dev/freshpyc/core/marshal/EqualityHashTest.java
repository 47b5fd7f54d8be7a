package dev.freshpyc.core.marshal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Checks that numbers of different types have equal hashes exactly if they are equal. */
class EqualityHashTest {

    private static final int NUMBERS = 50_000;
    private static final int DIGIT = 15;

    private final Random random = new Random(20261130);

    @Test
    void aWholeFloatHasTheHashOfItsInteger() {
        for (int number = 0; number < NUMBERS; number++) {
            double value = Math.rint(Math.scalb(random.nextDouble() - 0.5, random.nextInt(1024)));
            BigInteger integer = new BigDecimal(value).toBigIntegerExact();

            assertThat(EqualityHash.ofFloat(Double.doubleToRawLongBits(value)))
                    .as("%s", value)
                    .isEqualTo(ofDigits(integer));
        }
    }

    @Test
    void allFormsOfASmallIntegerHaveOneHash() {
        for (long value : new long[] {0, 1, -1, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 61) - 1, 1L << 61}) {
            assertThat(EqualityHash.ofInteger(value)).as("%d", value).isEqualTo(ofDigits(BigInteger.valueOf(value)));
        }
        assertThat(ofFloat(-0.0)).isEqualTo(ofFloat(0.0)).isEqualTo(EqualityHash.ofInteger(0));
        assertThat(ofFloat(Long.MIN_VALUE)).isEqualTo(EqualityHash.ofInteger(Long.MIN_VALUE));
        assertThat(EqualityHash.ofComplex(bits(3.5), bits(-0.0))).isEqualTo(ofFloat(3.5));
        assertThat(EqualityHash.ofComplex(bits(3.5), bits(1))).isNotEqualTo(EqualityHash.ofComplex(bits(1), bits(3.5)));
    }

    @Test
    void unequalNumbersHaveDifferentHashes() {
        Map<Long, BigDecimal> seen = new HashMap<>();
        for (int number = 0; number < NUMBERS; number++) {
            double real = Math.scalb(random.nextDouble() - 0.5, random.nextInt(-1000, 1024));
            check(seen, EqualityHash.ofFloat(bits(real)), new BigDecimal(real));
            BigInteger integer = new BigInteger(random.nextInt(1, 400), random);
            BigInteger signed = random.nextBoolean() ? integer : integer.negate();
            check(seen, ofDigits(signed), new BigDecimal(signed));
        }
        for (int shift = 0; shift < 2_000; shift++) {
            BigInteger power = BigInteger.ONE.shiftLeft(shift);
            check(seen, ofDigits(power), new BigDecimal(power));
        }
    }

    private static void check(Map<Long, BigDecimal> seen, long hash, BigDecimal value) {
        BigDecimal first = seen.putIfAbsent(hash, value);
        assertThat(first == null || first.compareTo(value) == 0)
                .as("%s and %s", first, value)
                .isTrue();
    }

    /** The hash of an integer as a long of marshal: digits of 15 bits. */
    private static long ofDigits(BigInteger value) {
        long remainder = 0;
        BigInteger magnitude = value.abs();
        for (int shift = 0; shift < magnitude.bitLength(); shift += DIGIT) {
            int digit = magnitude.shiftRight(shift).intValue() & ((1 << DIGIT) - 1);
            remainder = EqualityHash.plusDigit(remainder, digit, shift);
        }
        return EqualityHash.ofInteger(value.signum() < 0, remainder, magnitude.bitLength());
    }

    private static long ofFloat(double value) {
        return EqualityHash.ofFloat(bits(value));
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
