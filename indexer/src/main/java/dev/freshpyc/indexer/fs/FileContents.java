package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.ByteSource;
import java.io.IOException;
import java.security.MessageDigest;

/** A regular file that is open for reading. */
public interface FileContents extends ByteSource, AutoCloseable {

    /** The message of the exception for a file that ends before its size. */
    String CUT_SHORT = "the file became shorter";

    /** The file's size when it was opened, in bytes. */
    long size();

    /**
     * The SHA-256 of all bytes from {@code position} to {@link #size()}.
     *
     * @throws IOException when the bytes cannot be read, or the file became shorter
     */
    Sha256 sha256(long position) throws IOException;

    /** Reads the first and the last bytes, under the rules of {@link TreeReader#readEnds}. */
    default int readEnds(byte[] head, byte[] tail) throws IOException {
        int length = (int) Math.min(head.length, size());
        long tailAt = size() - tail.length;
        boolean hasTail = tailAt >= 0 && size() <= TreeReader.LARGEST_WITH_TAIL;
        if (!readFully(0, head, length) || (hasTail && !readFully(tailAt, tail, tail.length))) {
            throw new IOException(CUT_SHORT);
        }
        return length;
    }

    @Override
    void close();

    /** The result of opening a file. */
    sealed interface Opening {
        record Open(FileContents contents) implements Opening {}

        /**
         * The file was not opened.
         *
         * @param code a negated errno, or {@link TreeReader#NOT_A_FILE}
         */
        record Refused(int code) implements Opening {}
    }

    /** Computes digests of files by Java's own code, through one buffer. Not thread-safe. */
    final class ContentDigest {

        private static final int BUFFER = 64 * 1024;

        private final MessageDigest digest;
        private final byte[] buffer = new byte[BUFFER];

        public ContentDigest(MessageDigest digest) {
            this.digest = digest;
        }

        /**
         * The digest of the bytes from position {@code from} to {@code to}.
         *
         * @throws IOException when the bytes cannot be read, or the file became shorter
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
}
