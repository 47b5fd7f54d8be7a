package dev.freshpyc.indexer.compile;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Lines of another process, each of limited length. */
final class LineReader {

    private static final int CHUNK = 64 * 1024;

    /** A buffer that grew beyond this for one line is not kept for the next. */
    private static final int KEPT = 1 << 20;

    private final InputStream stream;
    private byte[] buffer = new byte[CHUNK];
    private int start;
    private int end;

    LineReader(InputStream stream) {
        this.stream = stream;
    }

    /**
     * The next line without its end, valid until the next call.
     *
     * @throws EOFException when the stream ends first
     */
    ByteBuffer next(int limit) throws IOException, GarbledException {
        int at = start;
        while (true) {
            at = newline(buffer, at, end);
            if (at - start > limit) {
                throw new GarbledException("it printed more than " + limit + " bytes");
            }
            if (at < end) {
                return line(at);
            }
            at -= makeRoom();
            fill();
        }
    }

    /** Where the next line ends, or {@code end}. Over local variables, which the simple compiler keeps in registers. */
    private static int newline(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private ByteBuffer line(int newline) {
        ByteBuffer line = ByteBuffer.wrap(buffer, start, newline - start);
        start = newline + 1;
        if (start == end) {
            start = 0;
            end = 0;
            buffer = buffer.length > KEPT ? new byte[CHUNK] : buffer;
        }
        return line;
    }

    /** Moves what is unread to the front, and doubles a buffer that it fills; by how much it moved. */
    private int makeRoom() {
        int moved = start;
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= moved;
        start = 0;
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        return moved;
    }

    private void fill() throws IOException {
        int length = stream.read(buffer, end, buffer.length - end);
        if (length < 0) {
            throw new EOFException();
        }
        end += length;
    }
}
