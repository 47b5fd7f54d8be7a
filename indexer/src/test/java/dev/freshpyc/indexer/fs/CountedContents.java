package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.digest.Sha256;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An open file that counts the bytes which are read from it.
 *
 * @param bytes the number of bytes; other files may be counted by the same number
 */
public record CountedContents(FileContents contents, AtomicLong bytes) implements FileContents {

    @Override
    public long size() {
        return contents.size();
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        int read = contents.read(position, into, offset, length);
        bytes.addAndGet(read);
        return read;
    }

    @Override
    public Sha256 sha256(long position) throws IOException {
        bytes.addAndGet(size() - position);
        return contents.sha256(position);
    }

    @Override
    public void close() {
        contents.close();
    }
}
