package dev.freshpyc.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file of an index.
 *
 * @param file the only index file of a directory
 */
public record StoredIndex(Path file) {

    /** The bytes before the length of the header. */
    private static final int HEADER_LENGTH = 12;

    public static StoredIndex in(Path directory) throws IOException {
        return new StoredIndex(OnlyFile.in(directory, ".index"));
    }

    /** Writes other bytes into the records, which begin behind the header. */
    public void damageRecords() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(length, HEADER_LENGTH);
            channel.write(ByteBuffer.wrap(new byte[] {0x55, 0x55, 0x55, 0x55}), length.getInt(0) + 10L);
        }
    }
}
