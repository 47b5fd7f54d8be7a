package dev.freshpyc.indexer.image;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.indexer.fs.FileContents;
import java.io.IOException;

/** The content of a file of an image: a part of the store. */
record ImageContents(ByteSource store, long from, long size, ContentDigest digest) implements FileContents {

    @Override
    public Sha256 sha256(long position) throws IOException {
        return Sha256.of(digest.digest(this, position, size));
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        long left = size - position;
        return left <= 0 ? 0 : store.read(from + position, into, offset, (int) Math.min(length, left));
    }

    @Override
    public void close() {}
}
