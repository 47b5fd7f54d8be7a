package dev.freshpyc.core.pyc;

import dev.freshpyc.core.file.ByteSource;

/** A file in memory that hands out at most so many bytes at once, as a network file system or a pipe may. */
final class ChoppyFile implements ByteSource {
    private final byte[] content;
    private final int longestRead;

    ChoppyFile(byte[] content, int longestRead) {
        this.content = content;
        this.longestRead = longestRead;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
        int count = Math.clamp(content.length - position, 0, Math.min(length, longestRead));
        System.arraycopy(content, (int) Math.min(position, content.length), into, offset, count);
        return count;
    }
}
