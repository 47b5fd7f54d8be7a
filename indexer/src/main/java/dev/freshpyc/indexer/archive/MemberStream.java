package dev.freshpyc.indexer.archive;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.indexer.fs.FileContents;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a member that is too large to be kept in memory: they are unpacked while they are read. Reading backwards begins
 * anew, so that readers go from the beginning to the end. Not thread-safe.
 */
final class MemberStream implements FileContents {

    /** Begins to unpack a member. */
    @FunctionalInterface
    interface StreamStart {
        InputStream unpacked() throws IOException;
    }

    private final StreamStart start;
    private final long size;
    private InputStream stream = InputStream.nullInputStream();
    private long at = Long.MAX_VALUE;

    /** @param size how many bytes the unpacked member has */
    MemberStream(StreamStart start, long size) {
        this.start = start;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Sha256 sha256(long position) throws IOException {
        return Sha256.of(new ContentDigest(Sha256.newDigest()).digest(this, position, size));
    }

    @Override
    public int read(long position, byte[] into, int offset, int count) throws IOException {
        int wanted = Math.clamp(size - position, 0, count);
        if (wanted == 0) {
            return 0;
        }
        if (position < at) {
            close();
            stream = start.unpacked();
            at = 0;
        }
        stream.skipNBytes(position - at);
        at = position;
        int read = stream.readNBytes(into, offset, wanted);
        at += read;
        return read;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException _) {
            // Nothing but memory is held.
        }
        at = Long.MAX_VALUE;
    }
}
