package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.MarshalBody.Defect;
import java.io.IOException;

/** Reads sizes and longs, with the checks of the dialect. */
final class NumberReader {
    private final ObjectVisitor visitor;
    private final Window window;

    NumberReader(ObjectVisitor visitor) {
        this.visitor = visitor;
        window = visitor.window;
    }

    /**
     * Reads a size, which is signed in CPython. A size beyond the end of the file is detected when the walk reaches the end.
     */
    long size(long at, MarshalDialect dialect) throws IOException, WalkEnd {
        int size = window.signedInt();
        if (!dialect.checksNumbers()) {
            return Integer.toUnsignedLong(size);
        }
        if (size < 0) {
            throw WalkEnd.malformed(at, Defect.SIZE_OUT_OF_RANGE);
        }
        return size;
    }

    /** Reads the digits of a long, least significant first: {@code r_PyLong}. */
    void digits(long at, MarshalDialect dialect) throws IOException, WalkEnd {
        int signed = window.signedInt();
        long count = Math.abs((long) signed);
        visitor.digits(signed);
        if (!dialect.checksNumbers()) {
            visitor.content(count * Short.BYTES);
        } else if (count > Integer.MAX_VALUE) {
            throw WalkEnd.malformed(at, Defect.SIZE_OUT_OF_RANGE);
        } else {
            checkDigits(count);
        }
    }

    private void checkDigits(long count) throws IOException, WalkEnd {
        for (long left = count; left > 0; left--) {
            long at = window.position();
            int digit = window.signedShort();
            if (digit < 0) {
                throw WalkEnd.malformed(at, Defect.DIGIT_OUT_OF_RANGE);
            }
            if (digit == 0 && left == 1) {
                throw WalkEnd.malformed(at, Defect.UNNORMALIZED_LONG);
            }
            visitor.digit(digit);
        }
    }
}
