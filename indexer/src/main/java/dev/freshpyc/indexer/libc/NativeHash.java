package dev.freshpyc.indexer.libc;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.record.Sha256;
import dev.freshpyc.indexer.files.FileHash;
import java.io.IOException;

/** SHA-256 of files that never enter Java's memory. */
final class NativeHash implements AutoCloseable {

    private static final int DIGEST_AT = Crypto.CONTEXT;

    private final Libc libc;
    private final Crypto crypto;
    private final NativeBuffer data;
    private final NativeBuffer state = new NativeBuffer(DIGEST_AT + Sha256.LENGTH);

    NativeHash(Libc libc, Crypto crypto, NativeBuffer data) {
        this.libc = libc;
        this.crypto = crypto;
        this.data = data;
    }

    /** As {@link FileHash#digest} has it. */
    Sha256 digest(int descriptor, long from, long to) throws IOException {
        crypto.init(libc, state.address());
        long position = from;
        while (position < to) {
            int read = libc.pread(descriptor, data.address(), Math.min(data.capacity(), to - position), position);
            if (read <= 0) {
                throw new IOException(read == 0 ? FileHash.CUT_SHORT : new Errno(-read).symbol());
            }
            crypto.update(libc, state.address(), data.address(), read);
            position += read;
        }
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
