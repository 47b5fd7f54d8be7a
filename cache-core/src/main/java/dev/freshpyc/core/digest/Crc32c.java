package dev.freshpyc.core.digest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** The checksum CRC-32C (RFC 3720) of bytes, and blocks that end with their own checksum. */
public final class Crc32c {

    /** The length of a checksum, in bytes. */
    public static final int LENGTH = Integer.BYTES;

    private Crc32c() {}

    /** The checksum of all bytes. */
    public static int of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** The checksum of {@code length} bytes from {@code offset}. */
    public static int of(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** The checksum of the buffer's remaining bytes, which are consumed. */
    public static int of(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Writes the checksum of all bytes before the last {@value #LENGTH} into those last bytes, little-endian. */
    public static void finish(byte[] block) {
        int end = block.length - LENGTH;
        lastBytes(block).putInt(end, of(block, 0, end));
    }

    /** Whether the last {@value #LENGTH} bytes are the checksum of the bytes before. */
    public static boolean isIntact(byte[] block) {
        int end = block.length - LENGTH;
        return end >= 0 && lastBytes(block).getInt(end) == of(block, 0, end);
    }

    private static ByteBuffer lastBytes(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    }
}
