package dev.freshpyc.core.file;

import java.io.IOException;

/**
 * A file's bytes, read at a position as {@code pread(2)} does. Readers never hold a whole file, so a body of gigabytes
 * needs no more memory than a body of a kilobyte.
 */
@FunctionalInterface
public interface ByteSource {

    /** Bytes in memory; not copied. */
    static ByteSource of(byte[] bytes) {
        return (position, into, offset, length) -> {
            int available = (int) Math.min(length, bytes.length - position);
            System.arraycopy(bytes, (int) position, into, offset, available);
            return available;
        };
    }

    /**
     * Reads up to {@code length} bytes from {@code position} (bytes from the start of the file).
     *
     * @return the number of bytes read, which may be fewer than asked for; 0 only at the end of the file
     * @throws IOException when the file cannot be read any more
     */
    int read(long position, byte[] into, int offset, int length) throws IOException;

    /** Reads exactly {@code length} bytes into the beginning of {@code into}; false when the file ends before. */
    default boolean readFully(long position, byte[] into, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int read = read(position + done, into, done, length - done);
            if (read == 0) {
                return false;
            }
            done += read;
        }
        return true;
    }
}
