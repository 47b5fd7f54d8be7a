package dev.freshpyc.core.record;

import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The first 16 bytes of a pyc, or fewer if the file is shorter: enough for a header of any layout.
 *
 * @param low bytes 0 to 7, little-endian, zero behind the end of the file
 * @param high bytes 8 to 15, likewise
 * @param length number of bytes, 0 to 16
 */
public record HeaderBytes(long low, long high, int length) {

    /** Those of a file that is not there. */
    public static final HeaderBytes NONE = new HeaderBytes(0, 0, 0);

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

    /** Whether both have the same magic. */
    public boolean hasMagicOf(HeaderBytes other) {
        return Math.min(length, other.length) >= Magic.LENGTH && (int) low == (int) other.low;
    }

    /** Decodes the header in the layout of the interpreter that reads the file. */
    public PycHeader decode(HeaderLayout layout) {
        return PycHeader.parse(Arrays.copyOf(toBytes(), HeaderLayout.MAX_LENGTH), length, layout);
    }
}
