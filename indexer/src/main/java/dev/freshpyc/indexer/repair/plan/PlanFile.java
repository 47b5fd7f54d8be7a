package dev.freshpyc.indexer.repair.plan;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** A temporary file without a name, so that it is gone with its process however that ends. Several threads append. */
final class PlanFile implements Closeable {

    /** Longer than nearly every planned file. */
    private static final int ONE = 1024;

    private final FileChannel channel;
    private final AtomicLong end = new AtomicLong();

    private PlanFile(FileChannel channel) {
        this.channel = channel;
    }

    static PlanFile create() throws IOException {
        Path path = Files.createTempFile("freshpyc-", ".plan");
        try {
            return new PlanFile(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } finally {
            Files.delete(path);
        }
    }

    /** Appends bytes; returns their position. */
    long append(byte[] bytes) throws IOException {
        long at = end.getAndAdd(bytes.length);
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest, at + rest.position());
        }
        return at;
    }

    /** The bytes from a position on; {@code buffer} of them are read at once. */
    DataInputStream read(long from, int buffer) {
        return new DataInputStream(new BufferedInputStream(new Bytes(from), buffer));
    }

    /** The planned file at a position, which is preceded by its length. */
    PlannedFile readOne(long at, PlanCodec codec) throws IOException {
        return codec.read(read(at + Integer.BYTES, ONE));
    }

    /** Reads without a common position, so that any number of streams are read at the same time. */
    private final class Bytes extends InputStream {

        private long at;

        private Bytes(long from) {
            at = from;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = channel.read(ByteBuffer.wrap(into, offset, length), at);
            at += Math.max(read, 0);
            return read;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
