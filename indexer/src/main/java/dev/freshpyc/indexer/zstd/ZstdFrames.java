package dev.freshpyc.indexer.zstd;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * The frames of a zstd stream (RFC 8878) without the skippable frames, in which builders keep tables of contents and which the decoder
 * does not know. A frame that needs more memory than the decoder has is refused.
 */
public final class ZstdFrames extends InputStream {

    /** The largest window that the decoder has, in bytes. Levels up to 19 of the command zstd need no more. */
    static final long MAX_WINDOW = 8 << 20;

    private static final int MAGIC = 0xfd2fb528;
    private static final int SKIPPABLE = 0x184d2a50;
    private static final int SKIPPABLE_MASK = 0xfffffff0;
    private static final int MAX_HEADER = 14;
    private static final int LENGTH = 4;
    private static final int RUN = 1;

    private final InputStream in;
    private final byte[] header = new byte[LENGTH + MAX_HEADER];
    private final byte[] one = new byte[1];
    private int headerAt;
    private int headerEnd;
    private long content;
    private boolean inFrame;
    private boolean lastBlock;
    private boolean hasChecksum;

    /** Whether the first bytes of a stream are those of a frame. */
    public static boolean isFrame(byte[] first) {
        int magic = first.length < LENGTH ? 0 : number(first, 0);
        return magic == MAGIC || (magic & SKIPPABLE_MASK) == SKIPPABLE;
    }

    ZstdFrames(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (headerAt == headerEnd && content == 0) {
            if (!next()) {
                return -1;
            }
        }
        if (headerAt < headerEnd) {
            int count = Math.min(length, headerEnd - headerAt);
            System.arraycopy(header, headerAt, into, offset, count);
            headerAt += count;
            return count;
        }
        int read = in.read(into, offset, (int) Math.min(length, content));
        if (read < 0) {
            throw new EOFException();
        }
        content -= read;
        return read;
    }

    /** Reads the next header of a frame or a block; false at the end of the stream. */
    private boolean next() throws IOException {
        headerAt = 0;
        headerEnd = 0;
        if (!inFrame) {
            return beginFrame();
        }
        if (lastBlock) {
            inFrame = false;
            content = hasChecksum ? LENGTH : 0;
            return true;
        }
        fill(3);
        int block = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
        lastBlock = (block & 1) != 0;
        content = ((block >> 1) & 3) == RUN ? 1 : block >> 3;
        return true;
    }

    private boolean beginFrame() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        header[0] = (byte) first;
        headerEnd = 1;
        fill(3);
        int magic = number(header, 0);
        if ((magic & SKIPPABLE_MASK) == SKIPPABLE) {
            fill(LENGTH);
            in.skipNBytes(Integer.toUnsignedLong(number(header, LENGTH)));
            headerEnd = 0;
            return true;
        }
        if (magic != MAGIC) {
            throw new ZipException("something else follows a frame of zstd");
        }
        fill(1);
        beginFrame(header[LENGTH]);
        return true;
    }

    private void beginFrame(byte descriptor) throws IOException {
        boolean single = (descriptor & 0x20) != 0;
        int sizeFlag = (descriptor & 0xff) >> 6;
        int sizeBytes = sizeFlag == 0 ? (single ? 1 : 0) : 1 << sizeFlag;
        int dictionary = (descriptor & 3) == 3 ? LENGTH : descriptor & 3;
        fill((single ? 0 : 1) + dictionary + sizeBytes);
        long window = single ? size(headerEnd - sizeBytes, sizeBytes) : window(header[LENGTH + 1] & 0xff);
        if (window > MAX_WINDOW) {
            throw new ZstdWindowException(window);
        }
        hasChecksum = (descriptor & 4) != 0;
        inFrame = true;
        lastBlock = false;
    }

    /** The window size in a descriptor, which a frame of a single segment does not have. */
    private static long window(int descriptor) {
        long base = 1L << (10 + (descriptor >> 3));
        return base + base / 8 * (descriptor & 7);
    }

    private long size(int from, int count) {
        long value = 0;
        for (int at = count - 1; at >= 0; at--) {
            value = (value << 8) | (header[from + at] & 0xff);
        }
        return value < 0 ? Long.MAX_VALUE : count == 2 ? value + 256 : value;
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    private void fill(int count) throws IOException {
        if (in.readNBytes(header, headerEnd, count) < count) {
            throw new EOFException();
        }
        headerEnd += count;
    }
}
