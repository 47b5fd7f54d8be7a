package dev.freshpyc.core.file;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file in memory that stores only its nonzero pieces, so its size is not limited. A read may return fewer bytes than
 * asked for, as on a network file system. The file counts its reads.
 */
public final class SparseFile implements ByteSource {
    private final TreeMap<Long, byte[]> pieces = new TreeMap<>();
    private final int longestRead;
    private long size;
    private long reads;
    private long bytesRead;

    /** @param longestRead the largest number of bytes that one read returns */
    public SparseFile(int longestRead) {
        this.longestRead = longestRead;
    }

    /** A file whose reads return all bytes that they are asked for. */
    public static SparseFile of(byte[] content) {
        return new SparseFile(Integer.MAX_VALUE).append(content);
    }

    public SparseFile append(byte[] piece) {
        if (piece.length > 0) {
            pieces.put(size, piece);
        }
        size += piece.length;
        return this;
    }

    /** Appends zeros. */
    public SparseFile appendHole(long length) {
        size += length;
        return this;
    }

    public long size() {
        return size;
    }

    public long reads() {
        return reads;
    }

    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
        int count = (int) Math.max(0, Math.min(Math.min(length, longestRead), size - position));
        Arrays.fill(into, offset, offset + count, (byte) 0);
        Long first = pieces.floorKey(position);
        for (Map.Entry<Long, byte[]> piece : pieces.subMap(first == null ? position : first, position + count)
                .entrySet()) {
            copy(piece.getKey(), piece.getValue(), position, into, offset, count);
        }
        reads++;
        bytesRead += count;
        return count;
    }

    private static void copy(long at, byte[] piece, long position, byte[] into, int offset, int count) {
        long from = Math.max(at, position);
        long to = Math.min(at + piece.length, position + count);
        if (from < to) {
            System.arraycopy(piece, (int) (from - at), into, offset + (int) (from - position), (int) (to - from));
        }
    }
}
