package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.store.chronicle.OffHeapMap.Part;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.FutureTask;

/**
 * The image in an index file, while the image is read into a map. Each block of {@value #BLOCK} bytes has its own checksum,
 * so a part can be read and verified alone, and two threads can share the work.
 */
final class Image {

    /** The size of a block: small enough to stay in the processor's cache until the block is verified. */
    static final int BLOCK = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final long begin;
    private final ByteBuffer checksums;
    private final OffHeapMap map;
    private final BitSet read = new BitSet();

    /**
     * An image before any block is read.
     *
     * @param begin offset of the image in the file
     * @param checksums the checksums of the image's blocks; they are already verified
     */
    Image(Path file, FileChannel channel, long begin, byte[] checksums, OffHeapMap map) {
        this.file = file;
        this.channel = channel;
        this.begin = begin;
        this.checksums = ByteBuffer.wrap(checksums).order(ByteOrder.LITTLE_ENDIAN);
        this.map = map;
    }

    /** The size of the checksums of an image, in bytes. */
    static long checksumsLength(long imageSize) {
        return Integer.BYTES * Math.ceilDiv(imageSize, BLOCK);
    }

    /** Writes an image at the channel's position; returns the checksums of the image's blocks. */
    static byte[] write(FileChannel channel, OffHeapMap map) throws IOException {
        ByteBuffer checksums = ByteBuffer.allocate(Math.toIntExact(checksumsLength(map.bytes())))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (long at = 0; at < map.bytes(); at += BLOCK) {
            ByteBuffer block = map.memory(block(at, map));
            checksums.putInt(Crc32c.of(block.duplicate()));
            IndexFile.writeFully(channel, block);
        }
        return checksums.array();
    }

    /** Reads the whole image, with two threads. */
    void readAll() throws IOException {
        long middle = map.bytes() / 2 / BLOCK * BLOCK;
        FutureTask<Boolean> half = new FutureTask<>(() -> {
            readBlocks(middle, map.bytes());
            return true;
        });
        Thread other = Thread.ofPlatform().daemon().name("image").start(half);
        try {
            readBlocks(0, middle);
        } finally {
            join(other);
        }
        rethrow(half);
    }

    /** Reads the blocks of a part that were not read before. */
    void read(Part part) throws IOException {
        for (long at = part.from() / BLOCK * BLOCK; at < part.to(); at += BLOCK) {
            int number = Math.toIntExact(at / BLOCK);
            if (!read.get(number)) {
                readBlock(at);
                read.set(number);
            }
        }
    }

    private void readBlocks(long from, long to) throws IOException {
        for (long at = from; at < to; at += BLOCK) {
            readBlock(at);
        }
    }

    private void readBlock(long at) throws IOException {
        ByteBuffer block = map.memory(block(at, map));
        IndexFile.readFully(file, channel, begin + at, block);
        int expected = checksums.getInt(Math.toIntExact(at / BLOCK) * Integer.BYTES);
        Corrupt.unless(Crc32c.of(block.flip()) == expected, file, "the image's checksum", "another");
    }

    private static Part block(long at, OffHeapMap map) {
        return new Part(at, Math.min(at + BLOCK, map.bytes()));
    }

    /** Waits for the other thread, since the map's memory must not be freed while the thread writes to it. */
    private static void join(Thread other) {
        boolean interrupted = false;
        while (other.isAlive()) {
            try {
                other.join();
            } catch (InterruptedException ended) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(FutureTask<Boolean> done) throws IOException {
        if (done.state() == FutureTask.State.FAILED) {
            switch (done.exceptionNow()) {
                case IOException refused -> throw refused;
                case RuntimeException defect -> throw defect;
                case Throwable other -> throw new IllegalStateException(other);
            }
        }
    }
}
