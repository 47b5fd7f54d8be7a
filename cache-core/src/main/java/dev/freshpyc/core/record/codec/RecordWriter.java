package dev.freshpyc.core.record.codec;

import dev.freshpyc.core.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Appends the parts of a record to a growing array. */
final class RecordWriter {

    private static final int ONE_PYC = 192;

    private byte[] bytes = new byte[ONE_PYC];
    private int length;

    void writeByte(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    /** An unsigned 64-bit number, in the fewest bytes. */
    void writeNumber(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            writeByte((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        writeByte((int) rest);
    }

    void writeSigned(long value) {
        writeNumber((value << 1) ^ (value >> 63));
    }

    void writeBytes(byte[] more) {
        writeBytes(more, 0, more.length);
    }

    void writeBytes(byte[] more, int from, int count) {
        room(count);
        System.arraycopy(more, from, bytes, length, count);
        length += count;
    }

    void writeText(byte[] text) {
        writeNumber(text.length);
        writeBytes(text);
    }

    void writeDigest(Sha256 digest) {
        writeBytes(digest.toBytes());
    }

    /** Eight bytes, little-endian. */
    void writeLong(long value) {
        writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
