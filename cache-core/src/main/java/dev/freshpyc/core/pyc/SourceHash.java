package dev.freshpyc.core.pyc;

import dev.freshpyc.core.file.ByteSource;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a source as PEP 552 headers hold it: SipHash over the raw bytes, keyed with the interpreter's magic, so that
 * two versions never agree by accident ({@code _imp.source_hash}).
 *
 * @param value the eight bytes of the hash, read little-endian
 */
public record SourceHash(long value) {

    /** Which function a version hashes its sources with. */
    public enum Algorithm {
        /** SipHash-2-4: CPython 3.7 to 3.10 and every PyPy. */
        SIPHASH_2_4(2, 4),
        /** SipHash-1-3: CPython 3.11 and later, GraalPy 25.2 and later. */
        SIPHASH_1_3(1, 3);

        private final int compressionRounds;
        private final int finalRounds;

        Algorithm(int compressionRounds, int finalRounds) {
            this.compressionRounds = compressionRounds;
            this.finalRounds = finalRounds;
        }

        SipHash keyedWith(Magic magic) {
            SipHash hash = new SipHash(compressionRounds, finalRounds);
            hash.begin(Integer.toUnsignedLong(magic.raw()), 0);
            return hash;
        }
    }

    /** The hash of a source held in memory. */
    public static SourceHash of(byte[] source, Magic magic, Algorithm algorithm) {
        return new SourceHash(algorithm.keyedWith(magic).finish(source, source.length, source.length));
    }

    /**
     * The hash of the first {@code size} bytes of a source, read through {@code buffer}.
     *
     * @param buffer working memory, a multiple of eight bytes long
     * @return the hash, or null when the source ends before {@code size}: it changed since it was looked at
     * @throws IOException when the source cannot be read
     */
    public static @Nullable SourceHash of(ByteSource source, long size, Magic magic, Algorithm algorithm, byte[] buffer)
            throws IOException {
        SipHash hash = algorithm.keyedWith(magic);
        long position = 0;
        while (true) {
            int wanted = (int) Math.min(buffer.length, size - position);
            if (!source.readFully(position, buffer, wanted)) {
                return null;
            }
            position += wanted;
            if (position == size) {
                return new SourceHash(hash.finish(buffer, wanted, size));
            }
            hash.update(buffer, wanted);
        }
    }

    /** The eight bytes in the order in which they stand in the file, as 16 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(Long.reverseBytes(value));
    }
}
