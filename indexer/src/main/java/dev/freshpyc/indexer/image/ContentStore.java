package dev.freshpyc.indexer.image;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.file.NamelessFile;
import dev.freshpyc.core.image.BadArchiveException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Bytes of an image that are needed after its stream has passed: a temporary file without a name, which is gone with the process.
 * Bytes are appended by one thread; afterwards any thread may read.
 */
public final class ContentStore implements ByteSource, AutoCloseable {

    private final FileChannel file;
    private final long most;
    private final String what;
    private long size;

    private ContentStore(FileChannel file, long most, String what) {
        this.file = file;
        this.most = most;
        this.what = what;
    }

    /**
     * An empty store in the system's temporary directory.
     *
     * @param most the most bytes that it takes
     * @param what is stored, for the message when there is more
     */
    public static ContentStore temporary(long most, String what) throws IOException {
        return new ContentStore(NamelessFile.temporary(".image"), most, what);
    }

    /** The number of bytes in the store, and the position of those that are appended next. */
    public long size() {
        return size;
    }

    /** Appends bytes. */
    public void append(byte[] bytes, int offset, int length) throws IOException {
        if (length > most - size) {
            throw new BadArchiveException("has more than " + most + " bytes of " + what);
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
        while (rest.hasRemaining()) {
            size += file.write(rest, size);
        }
    }

    /** A stream whose bytes are appended. */
    public OutputStream appender() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                append(bytes, offset, length);
            }
        };
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        return Math.max(file.read(ByteBuffer.wrap(into, offset, length), position), 0);
    }

    /** The bytes between two positions as a stream. */
    public InputStream stream(long from, long to) {
        return new InputStream() {
            private final byte[] one = new byte[1];
            private long at = from;

            @Override
            public int read() throws IOException {
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (at == to || length == 0) {
                    return length == 0 ? 0 : -1;
                }
                int read = ContentStore.this.read(at, into, offset, (int) Math.min(length, to - at));
                at += read;
                return read == 0 ? -1 : read;
            }
        };
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException ignored) {
            // The file has no name: nobody could read what was not written.
        }
    }
}
