package dev.freshpyc.core.database;

import dev.freshpyc.core.file.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A database file, read at positions that its own bytes name. A position outside the file gives an empty result, not an
 * exception.
 */
public final class DatabaseFile {
    private final ByteSource source;
    private final long size;

    /** @param size the file's, in bytes, when it was opened */
    public DatabaseFile(ByteSource source, long size) {
        this.source = source;
        this.size = size;
    }

    public long size() {
        return size;
    }

    /** The {@code length} bytes at {@code position}, big-endian; empty if some of them lie outside the file. */
    public Optional<ByteBuffer> read(long position, int length) throws IOException {
        if (position < 0 || length < 0 || position > size - length) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        return source.readFully(position, bytes, length) ? Optional.of(ByteBuffer.wrap(bytes)) : Optional.empty();
    }
}
