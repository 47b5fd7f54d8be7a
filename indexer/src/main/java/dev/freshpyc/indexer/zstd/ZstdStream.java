package dev.freshpyc.indexer.zstd;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** The unpacked bytes of a zstd stream. Damaged input ends in an {@link IOException}. */
public final class ZstdStream extends InputStream {

    private final InputStream plain;
    private final byte[] one = new byte[1];

    /** @param packed read as far as is needed, and not closed */
    public ZstdStream(InputStream packed) {
        this.plain = new ZstdInputStream(new ZstdFrames(packed));
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return plain.read(into, offset, length);
        } catch (RuntimeException damaged) { // the decoder throws several of these
            throw new ZipException("the data is damaged");
        }
    }
}
