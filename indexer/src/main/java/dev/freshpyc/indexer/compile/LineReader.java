package dev.freshpyc.indexer.compile;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads the lines that another process prints, each of limited length. */
final class LineReader {

    private static final int CHUNK = 64 * 1024;

    /** A larger buffer is dropped after its line. */
    private static final int KEPT = 1 << 20;

    private final InputStream stream;
    private byte[] buffer = new byte[CHUNK];
    private int start;
    private int end;

    LineReader(InputStream stream) {
        this.stream = stream;
    }

    /**
     * The next line without its newline. Do not keep the buffer: the next call overwrites the bytes.
     *
     * @throws EOFException if the stream ends before a newline
     */
    ByteBuffer next(int limit) throws IOException, WorkerProtocol.ViolationException {
        int at = start;
        while (true) {
            at = newline(buffer, at, end);
            if (at - start > limit) {
                throw new WorkerProtocol.ViolationException("the interpreter printed more than " + limit + " bytes");
            }
            if (at < end) {
                return line(at);
            }
            at -= makeRoom(limit);
            fill();
        }
    }

    /** Index of the next newline, or {@code end}. A static method, since the first-tier JIT keeps locals in registers. */
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

    /** Moves unread bytes to the front, doubles a full buffer up to the limit, and returns the distance of the move. */
    private int makeRoom(int limit) {
        int moved = start;
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= moved;
        start = 0;
        if (end == buffer.length) {
            long needed = Math.max(CHUNK, limit + 2L); // one byte more than a line with its newline
            buffer = Arrays.copyOf(buffer, (int) Math.min(Math.max(needed, end + 1L), 2L * buffer.length));
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
