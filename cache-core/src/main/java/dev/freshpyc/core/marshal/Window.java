package dev.freshpyc.core.marshal;

import dev.freshpyc.core.file.ByteSource;
import java.io.IOException;

/**
 * A window of {@value #SIZE} bytes that moves forward over a file. A payload that ends behind the window is skipped: the
 * window opens again at the payload's last byte, whose presence proves that the file has the payload. So a constant of
 * several gigabytes costs one read.
 */
final class Window {
    static final int SIZE = 32 * 1024;

    /** Receives a piece of a file's bytes. The receiver must not keep the array. */
    interface Taker {
        void take(byte[] bytes, int from, int length);
    }

    private final byte[] bytes = new byte[SIZE];
    private ByteSource source = (_, _, _, _) -> 0;
    private long base;
    private int index;
    private int limit;

    void open(ByteSource file, long start) {
        source = file;
        moveTo(start);
    }

    /** The file offset of the next byte. */
    long position() {
        return base + index;
    }

    /** Whether the file has {@code count} more bytes. */
    boolean has(int count) throws IOException {
        return limit - index >= count || refill(count);
    }

    /** The next byte, without consuming the byte; call {@link #has} first. */
    int peek() {
        return bytes[index] & 0xff;
    }

    int unsignedByte() throws IOException, WalkEnd {
        require(1);
        return bytes[index++] & 0xff;
    }

    int signedShort() throws IOException, WalkEnd {
        require(2);
        int value = (bytes[index] & 0xff) | bytes[index + 1] << 8;
        index += 2;
        return value;
    }

    int signedInt() throws IOException, WalkEnd {
        require(4);
        int value = signedInt(bytes, index);
        index += 4;
        return value;
    }

    static int signedInt(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    /** The buffer. The next bytes are at {@link #index} up to but excluding {@link #limit}. */
    byte[] bytes() {
        return bytes;
    }

    int index() {
        return index;
    }

    int limit() {
        return limit;
    }

    /** Moves to a later index inside the buffer. */
    void advanceTo(int next) {
        index = next;
    }

    void skip(long count) throws IOException, WalkEnd {
        if (count <= limit - index) {
            index += (int) count;
        } else {
            jump(count);
        }
    }

    /** Passes the next {@code count} bytes to the receiver, in pieces. */
    void feed(long count, Taker taker) throws IOException, WalkEnd {
        long from = position();
        long left = count;
        while (left > 0) {
            if (!has(1)) {
                throw new WalkEnd(new MarshalBody.Truncated(from));
            }
            int piece = (int) Math.min(left, limit - index);
            taker.take(bytes, index, piece);
            index += piece;
            left -= piece;
        }
    }

    private void jump(long count) throws IOException, WalkEnd {
        long from = position();
        moveTo(from + count - 1);
        if (!refill(1)) {
            throw new WalkEnd(new MarshalBody.Truncated(from));
        }
        index = 1;
    }

    private void moveTo(long position) {
        base = position;
        index = 0;
        limit = 0;
    }

    private void require(int count) throws IOException, WalkEnd {
        if (!has(count)) {
            throw new WalkEnd(new MarshalBody.Truncated(position()));
        }
    }

    /** Moves the window to the next byte and reads until the window has {@code count} bytes. Each read may be short. */
    private boolean refill(int count) throws IOException {
        moveTo(position());
        while (limit < count) {
            int read = source.read(base + limit, bytes, limit, SIZE - limit);
            if (read <= 0) {
                return false;
            }
            limit += read;
        }
        return true;
    }
}
