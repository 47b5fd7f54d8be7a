package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.indexer.fs.FileContents;
import java.io.IOException;

/** A file read by {@code pread(2)} through a worker's buffer. */
final class NativeContents implements FileContents {

    private final LinuxTreeReader files;
    private final int descriptor;
    private final long size;

    NativeContents(LinuxTreeReader files, int descriptor, long size) {
        this.files = files;
        this.descriptor = descriptor;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        int read = files.read(descriptor, position, into, offset, length);
        if (read < 0) {
            throw new IOException(new Errno(-read).symbol());
        }
        return read;
    }

    @Override
    public Sha256 sha256(long position) throws IOException {
        return files.sha256(this, descriptor, position);
    }

    @Override
    public void close() {
        files.close(descriptor);
    }
}
