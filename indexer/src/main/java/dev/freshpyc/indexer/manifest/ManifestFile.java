package dev.freshpyc.indexer.manifest;

import dev.freshpyc.core.manifest.ManifestParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One file that may be a manifest: a regular one of at most {@value #MAX_SIZE} bytes, and no link. It is looked at before
 * it is opened, so a FIFO is not waited for, unless it is put there in between.
 */
final class ManifestFile {
    static final long MAX_SIZE = 64L * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    /** Whether the file was there, and was read to its end or until {@code enough}. */
    boolean read(Path file, ManifestParser parser, BooleanSupplier enough) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile() || attributes.size() > MAX_SIZE) {
            return false;
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            return read(channel, parser, enough);
        }
    }

    private boolean read(SeekableByteChannel channel, ManifestParser parser, BooleanSupplier enough)
            throws IOException {
        long done = 0;
        int read = channel.read(buffer.clear());
        while (read > 0 && !enough.getAsBoolean()) {
            done += read;
            if (done > MAX_SIZE) {
                return false;
            }
            parser.take(buffer.array(), 0, read);
            read = channel.read(buffer.clear());
        }
        parser.end();
        return true;
    }
}
