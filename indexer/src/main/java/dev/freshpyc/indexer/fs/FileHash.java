package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.file.ByteSource;
import java.io.IOException;
import java.security.MessageDigest;

/** Digests of files, through one buffer. Not thread-safe. */
public final class FileHash {

    /** What the exception says when a file ends before its size. */
    public static final String CUT_SHORT = "the file became shorter";

    private static final int BUFFER = 64 * 1024;

    private final MessageDigest digest;
    private final byte[] buffer = new byte[BUFFER];

    public FileHash(MessageDigest digest) {
        this.digest = digest;
    }

    /**
     * The digest of the bytes from position {@code from} to {@code to}.
     *
     * @throws IOException when they cannot be read, or are not there any more
     */
    public byte[] digest(ByteSource source, long from, long to) throws IOException {
        digest.reset();
        long position = from;
        while (position < to) {
            int read = source.read(position, buffer, 0, (int) Math.min(BUFFER, to - position));
            if (read <= 0) {
                throw new IOException(CUT_SHORT);
            }
            digest.update(buffer, 0, read);
            position += read;
        }
        return digest.digest();
    }
}
