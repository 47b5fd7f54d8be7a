package dev.freshpyc.indexer.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The body of a pyc: one complete marshalled code object of CPython 3.11, with any text as its instructions. */
public final class CodeBody {

    private static final byte CODE = (byte) 0xe3;

    /** Three empty tuples, no kinds of variables, a file name that is no path, two names, the first line, and two empty tables. */
    private static final byte[] REST_OF_CODE = (")\0)\0)\0" + "s\0\0\0\0" + "z\3<m>z\1mz\1m" + "\0\0\0\0"
                    + "s\0\0\0\0".repeat(2))
            .getBytes(StandardCharsets.US_ASCII);

    private static final int EMPTY_CODE = 2 + 6 * Integer.BYTES + REST_OF_CODE.length;

    private CodeBody() {}

    /** The body whose instructions are {@code text}. */
    public static byte[] of(byte[] text) {
        return ByteBuffer.allocate(EMPTY_CODE + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(CODE)
                .put(new byte[5 * Integer.BYTES])
                .put((byte) 's')
                .putInt(text.length)
                .put(text)
                .put(REST_OF_CODE)
                .array();
    }
}
