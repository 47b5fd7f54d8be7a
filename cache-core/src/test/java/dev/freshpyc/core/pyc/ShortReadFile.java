package dev.freshpyc.core.pyc;

import dev.freshpyc.core.file.ByteSource;

/** A file in memory whose reads return at most {@code longestRead} bytes, as a network file system may do. */
final class ShortReadFile implements ByteSource {
    private final byte[] content;
    private final int longestRead;

    ShortReadFile(byte[] content, int longestRead) {
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
