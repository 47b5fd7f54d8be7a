package dev.freshpyc.core.store.file;

import dev.freshpyc.core.digest.Crc32c;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * That a later run found an index still true: a file of {@value #LENGTH} bytes beside it, replaced by rename like the
 * index itself.
 *
 * <p>Why not the index file's mtime, which one system call sets: that is what image builders set to 0 and copies set
 * to now, so the age that {@code lookup} shows would be wrong in the very places that this program is for. Why not a
 * field in the index: a published file is never written to. The token binds it to one generation, so one that was
 * overtaken, or that was left behind by an older generation, counts as none; so does a damaged one. Little-endian:
 *
 * <pre>
 * 0 magic "freshchk" · 8 token of the generation · 16 checked at, nanoseconds since 1970 · 24 zero, 4 bytes
 * 28 CRC-32C of bytes 0 to 27
 * </pre>
 *
 * @param token of the generation that was found true
 * @param checkedAtNanos since 1970
 */
record Confirmation(long token, long checkedAtNanos) implements FileWriter {

    static final int LENGTH = 32;

    private static final long MAGIC = 0x6b68636873657266L;

    /** When the generation of that token was last found true: {@code published}, or what a confirmation says. */
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

    @Override
    public void write(FileChannel channel) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putLong(token).putLong(checkedAtNanos);
        Crc32c.finish(out.array());
        out.clear();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }
}
