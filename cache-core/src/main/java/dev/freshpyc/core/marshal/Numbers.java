package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.MarshalBody.Defect;
import java.io.IOException;

/** Sizes and longs, checked as the dialect checks them. */
final class Numbers {
    private final Harvest harvest;
    private final Window window;

    Numbers(Harvest harvest) {
        this.harvest = harvest;
        window = harvest.window;
    }

    /** A size is signed to CPython; one that is declared larger than the file is found out by the end of the file. */
    long size(long at, MarshalDialect dialect) throws IOException, Halt {
        int size = window.signedInt();
        if (!dialect.checksNumbers()) {
            return Integer.toUnsignedLong(size);
        }
        if (size < 0) {
            throw Halt.malformed(at, Defect.SIZE_OUT_OF_RANGE);
        }
        return size;
    }

    /** The digits of a long, least significant first: {@code r_PyLong}. */
    void digits(long at, MarshalDialect dialect) throws IOException, Halt {
        int signed = window.signedInt();
        long count = Math.abs((long) signed);
        harvest.digits(signed);
        if (!dialect.checksNumbers()) {
            harvest.content(count * Short.BYTES);
        } else if (count > Integer.MAX_VALUE) {
            throw Halt.malformed(at, Defect.SIZE_OUT_OF_RANGE);
        } else {
            checkDigits(count);
        }
    }

    private void checkDigits(long count) throws IOException, Halt {
        for (long left = count; left > 0; left--) {
            long at = window.position();
            int digit = window.signedShort();
            if (digit < 0) {
                throw Halt.malformed(at, Defect.DIGIT_OUT_OF_RANGE);
            }
            if (digit == 0 && left == 1) {
                throw Halt.malformed(at, Defect.UNNORMALIZED_LONG);
            }
            harvest.digit(digit);
        }
    }
}
