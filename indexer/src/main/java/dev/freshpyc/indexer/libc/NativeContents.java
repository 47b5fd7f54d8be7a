package dev.freshpyc.indexer.libc;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.indexer.files.FileContents;
import java.io.IOException;

/** A file read by {@code pread(2)} through a worker's buffer. */
final class NativeContents implements FileContents {

    private final Libc libc;
    private final NativeBuffer buffer;
    private final int descriptor;
    private final long size;

    NativeContents(Libc libc, NativeBuffer buffer, int descriptor, long size) {
        this.libc = libc;
        this.buffer = buffer;
        this.descriptor = descriptor;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, buffer.capacity());
        int read = libc.pread(descriptor, buffer.address(), wanted, position);
        if (read < 0) {
            throw new IOException(new Errno(-read).symbol());
        }
        buffer.read(0, into, offset, read);
        return read;
    }

    @Override
    public void close() {
        libc.close(descriptor);
    }
}
