package dev.freshpyc.indexer.archive;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.indexer.fs.FileContents;
import java.io.IOException;

/** The unpacked bytes of a member. */
public final class MemberContents implements FileContents {

    private final byte[] bytes;
    private final int length;

    public MemberContents(Unpacked.Bytes unpacked) {
        this.bytes = unpacked.bytes();
        this.length = unpacked.length();
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public Sha256 sha256(long position) throws IOException {
        return Sha256.of(new ContentDigest(Sha256.newDigest()).digest(this, position, length));
    }

    @Override
    public int read(long position, byte[] into, int offset, int count) {
        int available = (int) Math.max(0, Math.min(count, length - position));
        System.arraycopy(bytes, (int) Math.min(position, length), into, offset, available);
        return available;
    }

    @Override
    public void close() {}
}
