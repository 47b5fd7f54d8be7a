package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.ChannelBytes;
import dev.freshpyc.core.file.NamelessFile;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicLong;

/** A temporary file of planned files. Several threads append. */
final class PlanFile implements Closeable {

    /** Longer than nearly every planned file. */
    private static final int ONE = 1024;

    private final FileChannel channel;
    private final AtomicLong end = new AtomicLong();

    private PlanFile(FileChannel channel) {
        this.channel = channel;
    }

    static PlanFile create() throws IOException {
        return new PlanFile(NamelessFile.temporary(".plan"));
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
        return new DataInputStream(new BufferedInputStream(new ChannelBytes(channel, from), buffer));
    }

    /** The planned file at a position, which is preceded by its length. */
    PlannedFile readOne(long at, PlanCodec codec) throws IOException {
        return codec.read(read(at + Integer.BYTES, ONE));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
