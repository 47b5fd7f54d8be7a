package dev.freshpyc.core.database;

import dev.freshpyc.core.file.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A file of a database, read at positions that its bytes name: what lies outside of it is told, not thrown. */
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

    /** The {@code length} bytes at {@code position}, big-endian; empty when some of them lie outside. */
    public Optional<ByteBuffer> read(long position, int length) throws IOException {
        if (position < 0 || length < 0 || position > size - length) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        return source.readFully(position, bytes, length) ? Optional.of(ByteBuffer.wrap(bytes)) : Optional.empty();
    }
}
