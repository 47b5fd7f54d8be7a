package dev.freshpyc.core.store.table;

import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads and writes a given number of bytes, although a single call of a channel may transfer fewer. */
public final class Channels {

    private Channels() {}

    /**
     * Reads {@code length} bytes.
     *
     * @throws Corrupt when the file ends before
     */
    public static byte[] readFully(Path file, FileChannel channel, long from, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            if (channel.read(into, from + into.position()) < 0) {
                throw new Corrupt(file, "a whole index", channel.size() + " bytes");
            }
        }
        return into.array();
    }

    public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
