package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.indexer.fs.FileContents;
import java.io.IOException;
import java.util.Optional;

/** Computes SHA-256 of files without copying their bytes to the Java heap. */
final class NativeHash implements AutoCloseable {

    private static final int DIGEST_AT = Crypto.CONTEXT;

    private final Libc libc;
    private final Crypto crypto;
    private final NativeBuffer data;
    private final NativeBuffer state = new NativeBuffer(DIGEST_AT + Sha256.LENGTH);

    private NativeHash(Libc libc, Crypto crypto, NativeBuffer data) {
        this.libc = libc;
        this.crypto = crypto;
        this.data = data;
    }

    /** A hash that reads files through {@code data}; empty on a system without {@code libcrypto}. */
    static Optional<NativeHash> of(Libc libc, NativeBuffer data) {
        return Crypto.find().map(crypto -> new NativeHash(libc, crypto, data));
    }

    /**
     * The digest of the bytes from position {@code from} to {@code to}; {@link FileContents.ContentDigest} computes the same.
     */
    Sha256 digest(int descriptor, long from, long to) throws IOException {
        crypto.init(libc, state.address());
        long position = from;
        while (position < to) {
            int read = LinuxTreeWriter.done(
                    "read", libc.pread(descriptor, data.address(), Math.min(data.capacity(), to - position), position));
            if (read == 0) {
                throw new IOException(FileContents.CUT_SHORT);
            }
            crypto.update(libc, state.address(), data.address(), read);
            position += read;
        }
        return end();
    }

    /** The digest of bytes in memory. */
    Sha256 digest(byte[] bytes) {
        crypto.init(libc, state.address());
        int capacity = (int) data.capacity();
        for (int position = 0; position < bytes.length; position += capacity) {
            int length = Math.min(capacity, bytes.length - position);
            data.write(bytes, position, length);
            crypto.update(libc, state.address(), data.address(), length);
        }
        return end();
    }

    private Sha256 end() {
        crypto.end(libc, state.address() + DIGEST_AT, state.address());
        byte[] digest = new byte[Sha256.LENGTH];
        state.read(DIGEST_AT, digest, 0, digest.length);
        return Sha256.of(digest);
    }

    @Override
    public void close() {
        state.close();
    }
}
