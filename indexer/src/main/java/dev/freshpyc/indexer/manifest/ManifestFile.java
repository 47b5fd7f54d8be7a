package dev.freshpyc.indexer.manifest;

import dev.freshpyc.core.manifest.ManifestParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Reads one manifest: a file of rows, at most {@value #MAX_SIZE} bytes long. */
final class ManifestFile {
    static final long MAX_SIZE = 64L * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    /** Whether the file exists and was read to its end, or until {@code enough}. */
    boolean read(Path file, ManifestParser parser, BooleanSupplier enough) throws IOException {
        Optional<FileChannel> opened = RegularFile.open(file, MAX_SIZE);
        if (opened.isEmpty()) {
            return false;
        }
        try (FileChannel channel = opened.get()) {
            return read(channel, parser, enough);
        }
    }

    private boolean read(FileChannel channel, ManifestParser parser, BooleanSupplier enough) throws IOException {
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
