package dev.freshpyc.core.store.file;

import dev.freshpyc.core.digest.Crc32c;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The time of a later run that found no change since the index was published: a file of {@value #LENGTH} bytes beside the
 * index, replaced by rename like the index.
 *
 * <p>The mtime of the index file was rejected: image builders set mtimes to 0 and copies set mtimes to the present time, so
 * {@code lookup} would show a wrong age. A field in the index was rejected: a published file is never changed. The token
 * names the generation. A damaged confirmation and a confirmation of another generation are ignored. Little-endian:
 *
 * <pre>
 * 0 magic "freshchk" · 8 token of the generation · 16 checked at, nanoseconds since 1970 · 24 zero, 4 bytes
 * 28 CRC-32C of bytes 0 to 27
 * </pre>
 *
 * @param token the token of the confirmed generation
 * @param checkedAtNanos the start of the run, in nanoseconds since 1970
 */
record Confirmation(long token, long checkedAtNanos) {

    static final int LENGTH = 32;

    private static final long MAGIC = 0x6b68636873657266L;

    /** The time of the last run that confirmed the generation; {@code published} if there is no later confirmation. */
    static long latest(Path file, long token, long published) {
        try {
            byte[] bytes = Files.size(file) == LENGTH ? Files.readAllBytes(file) : new byte[0];
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            boolean about =
                    bytes.length == LENGTH && in.getLong() == MAGIC && in.getLong() == token && Crc32c.isIntact(bytes);
            return about ? Math.max(published, in.getLong()) : published;
        } catch (IOException _) {
            return published;
        }
    }

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putLong(token).putLong(checkedAtNanos);
        Crc32c.finish(out.array());
        return out.array();
    }
}
