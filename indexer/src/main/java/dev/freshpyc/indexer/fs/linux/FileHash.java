package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.indexer.fs.FileContents.ContentDigest;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Computes SHA-256 of open files and of bytes: by the library where the system has one, else by Java's own code. Neither is loaded before
 * the first hash, since many runs hash nothing.
 */
final class FileHash implements AutoCloseable {

    private final Libc libc;
    private final NativeBuffer data;
    private @Nullable NativeHash library;
    private @Nullable ContentDigest java;

    /** @param data what files are read through */
    FileHash(Libc libc, NativeBuffer data) {
        this.libc = libc;
        this.data = data;
    }

    /**
     * The digest of the bytes of a file from position {@code from} to {@code to}.
     *
     * @throws SystemCallException when the bytes cannot be read
     * @throws IOException when the file became shorter
     */
    Sha256 digest(int descriptor, long from, long to) throws IOException {
        @Nullable NativeHash known = library();
        if (known != null) {
            return known.digest(descriptor, from, to);
        }
        if (java == null) {
            java = new ContentDigest(Sha256.newDigest());
        }
        ByteSource bytes = (position, into, offset, length) -> read(descriptor, position, into, offset, length);
        return Sha256.of(java.digest(bytes, from, to));
    }

    /** The digest of bytes in memory. */
    Sha256 digest(byte[] bytes) {
        @Nullable NativeHash known = library();
        return known == null ? Sha256.of(Sha256.newDigest().digest(bytes)) : known.digest(bytes);
    }

    private @Nullable NativeHash library() {
        if (library == null) {
            library = NativeHash.of(libc, data).orElse(null);
        }
        return library;
    }

    private int read(int descriptor, long position, byte[] into, int offset, int length) throws SystemCallException {
        int wanted = (int) Math.min(length, data.capacity());
        int read = LinuxTreeWriter.done("read", libc.pread(descriptor, data.address(), wanted, position));
        data.read(0, into, offset, read);
        return read;
    }

    @Override
    public void close() {
        if (library != null) {
            library.close();
        }
    }
}
