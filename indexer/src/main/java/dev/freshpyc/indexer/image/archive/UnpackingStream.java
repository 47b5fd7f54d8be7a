package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.indexer.zstd.ZstdFrames;
import dev.freshpyc.indexer.zstd.ZstdStream;
import dev.freshpyc.indexer.zstd.ZstdWindowException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * An archive that is unpacked while it is read, from gzip or zstd, or that is not compressed at all, which its first bytes tell. Counts
 * and digests what goes in and what comes out.
 */
final class UnpackingStream extends InputStream {

    private static final int BUFFER = 64 * 1024;

    private final Counted packed;
    private final DigestInputStream digestedPacked;
    private final Budget budget;
    private final MessageDigest unpacked = Sha256.newDigest();
    private final byte[] one = new byte[1];
    private @Nullable InputStream plain;
    private Compression compression = Compression.OTHER;
    private long sum;

    /** @param in not closed */
    UnpackingStream(InputStream in, Budget budget) {
        this.digestedPacked = new DigestInputStream(in, Sha256.newDigest());
        this.packed = new Counted(digestedPacked);
        this.budget = budget;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            int read = plain().read(into, offset, length);
            if (read > 0) {
                unpacked.update(into, offset, read);
                sum += read;
                budget.takeUnpacked(read, sum, packed.count);
            }
            return read;
        } catch (EOFException cut) {
            throw new BadArchiveException("is cut short");
        } catch (ZstdWindowException large) {
            throw new BadArchiveException("is compressed by zstd with a window of " + large.window()
                    + " bytes, which cannot be unpacked here: compress it with level 19 or lower, or by gzip");
        } catch (ZipException damaged) {
            throw new BadArchiveException("is damaged: it cannot be unpacked");
        }
    }

    /** Reads the rest, so that the digests are those of the whole. */
    void drain() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        packed.transferTo(OutputStream.nullOutputStream());
    }

    /** SHA-256 of the bytes that went in; to be called after {@link #drain}. */
    Sha256 packedDigest() {
        return Sha256.of(digestedPacked.getMessageDigest().digest());
    }

    /** SHA-256 of the bytes that came out; to be called after {@link #drain}. */
    Sha256 unpackedDigest() {
        return Sha256.of(unpacked.digest());
    }

    /** How the bytes that went in are compressed, as media types say. */
    String suffix() {
        return switch (compression) {
            case GZIP -> "+gzip";
            case ZSTD -> "+zstd";
            case OTHER -> "";
        };
    }

    /** The bytes that went in. */
    long packedSize() {
        return packed.count;
    }

    private InputStream plain() throws IOException {
        InputStream known = plain;
        if (known == null) {
            known = open(new BufferedInputStream(packed, BUFFER));
            plain = known;
        }
        return known;
    }

    private InputStream open(BufferedInputStream in) throws IOException {
        in.mark(Compression.LENGTH);
        byte[] first = in.readNBytes(Compression.LENGTH);
        in.reset();
        compression = Compression.of(first);
        return switch (compression) {
            case GZIP -> new GZIPInputStream(in, BUFFER);
            case ZSTD -> new ZstdStream(in);
            case OTHER -> in;
        };
    }

    /** What the first bytes of a stream say of its compression. */
    enum Compression {
        GZIP,
        ZSTD,
        OTHER;

        static final int LENGTH = 4;

        static Compression of(byte[] first) {
            if (first.length >= 2 && (first[0] & 0xff) == 0x1f && (first[1] & 0xff) == 0x8b) {
                return GZIP;
            }
            return ZstdFrames.isFrame(first) ? ZSTD : OTHER;
        }
    }

    /** Counts what is read. */
    private static final class Counted extends InputStream {

        private final InputStream in;
        private long count;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            count += Math.max(read, 0);
            return read;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }
    }
}
