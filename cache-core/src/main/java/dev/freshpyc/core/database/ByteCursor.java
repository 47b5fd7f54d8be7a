package dev.freshpyc.core.database;

/** Reads numbers from bytes in sequence. Behind the end every number is 0, and {@link #isOverrun} becomes true. */
final class ByteCursor {
    private static final int LONGEST_VARINT = 9;

    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean overrun;

    ByteCursor(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    int position() {
        return at;
    }

    /** Whether a read went past the end. */
    boolean isOverrun() {
        return overrun;
    }

    /** A big-endian number of {@code width} bytes, unsigned unless it has 8 bytes. */
    long number(int width) {
        long value = 0;
        for (int index = 0; index < width; index++) {
            value = value << Byte.SIZE | next();
        }
        return overrun ? 0 : value;
    }

    /** SQLite's variable-length integer: seven bits a byte, the highest first, and eight in a ninth. */
    long varint() {
        long value = 0;
        for (int index = 1; index < LONGEST_VARINT; index++) {
            int next = next();
            value = value << 7 | (next & 0x7f);
            if (next < 0x80) {
                return overrun ? 0 : value;
            }
        }
        value = value << Byte.SIZE | next();
        return overrun ? 0 : value;
    }

    private int next() {
        if (at < 0 || at >= end) {
            overrun = true;
            return 0;
        }
        return bytes[at++] & 0xff;
    }
}
