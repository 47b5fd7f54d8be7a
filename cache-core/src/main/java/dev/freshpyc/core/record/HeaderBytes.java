package dev.freshpyc.core.record;

import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The first bytes of a bytecode file, as many of 16 as it has: enough for a header of any layout.
 *
 * @param low bytes 0 to 7, little-endian, zero where there are none
 * @param high bytes 8 to 15, likewise
 * @param length how many bytes there are, 0 to 16
 */
public record HeaderBytes(long low, long high, int length) {

    /** The first {@code length} bytes of {@code head}, at most 16 of them. */
    public static HeaderBytes of(byte[] head, int length) {
        int kept = Math.min(length, HeaderLayout.MAX_LENGTH);
        byte[] all = new byte[HeaderLayout.MAX_LENGTH];
        System.arraycopy(head, 0, all, 0, kept);
        ByteBuffer in = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        return new HeaderBytes(in.getLong(), in.getLong(), kept);
    }

    /** The bytes, {@link #length()} of them. */
    public byte[] toBytes() {
        byte[] all = new byte[HeaderLayout.MAX_LENGTH];
        ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(low).putLong(high);
        return Arrays.copyOf(all, length);
    }

    /** Whether both have a magic, and the same one. */
    public boolean hasMagicOf(HeaderBytes other) {
        return Math.min(length, other.length) >= Magic.LENGTH && (int) low == (int) other.low;
    }

    /** The header in them, read in the layout of the version that reads the file. */
    public PycHeader decode(HeaderLayout layout) {
        return PycHeader.parse(Arrays.copyOf(toBytes(), HeaderLayout.MAX_LENGTH), length, layout);
    }
}
