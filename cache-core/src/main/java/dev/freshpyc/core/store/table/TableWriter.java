package dev.freshpyc.core.store.table;

import dev.freshpyc.core.digest.Crc32c;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Writes a table to a channel, from its position on. Holds one block in memory. */
public final class TableWriter {

    private static final byte[] NONE = {};

    private final FileChannel channel;
    private final int blockLength;
    private final ByteArrayOutputStream block;
    private final ByteArrayOutputStream restarts = new ByteArrayOutputStream();
    private final BlockIndex.Builder index = new BlockIndex.Builder();
    private byte[] firstKey = NONE;
    private byte[] lastKey = NONE;
    private int entriesOfBlock;
    private long entries;
    private long length;

    /** A writer of blocks that suit a scan, which asks for neighbouring keys. */
    public TableWriter(FileChannel channel) {
        this(channel, Block.LENGTH);
    }

    /**
     * A writer of blocks of another length.
     *
     * @param blockLength bytes of a block; a lookup reads one block
     */
    public TableWriter(FileChannel channel, int blockLength) {
        this.channel = channel;
        this.blockLength = blockLength;
        this.block = new ByteArrayOutputStream(blockLength + blockLength / 4);
    }

    /** Adds an entry, whose key must be greater than all keys before. */
    public void add(byte[] key, byte[] value) throws IOException {
        if (entries > 0 && Arrays.compareUnsigned(lastKey, key) >= 0) {
            throw new IllegalArgumentException("keys are not in order");
        }
        boolean restart = entriesOfBlock % Block.INTERVAL == 0;
        if (restart) {
            writeInt(restarts, block.size());
        }
        if (entriesOfBlock == 0) {
            firstKey = key;
        }
        int shared = restart ? 0 : shared(lastKey, key);
        writeNumber(shared);
        writeNumber(key.length - shared);
        writeNumber(value.length);
        block.write(key, shared, key.length - shared);
        block.write(value, 0, value.length);
        lastKey = key;
        entriesOfBlock++;
        entries++;
        if (block.size() >= blockLength) {
            finishBlock();
        }
    }

    /** Writes the last block. No entry can be added after this. */
    public void finish() throws IOException {
        if (entriesOfBlock > 0) {
            finishBlock();
        }
    }

    /** How many entries were added. */
    public long entries() {
        return entries;
    }

    /** How many bytes were written. */
    public long length() {
        return length;
    }

    /** The index of the blocks, to be kept for the reader. */
    public byte[] index() {
        return index.encode();
    }

    private void finishBlock() throws IOException {
        int count = restarts.size() / Integer.BYTES;
        block.write(restarts.toByteArray());
        writeInt(block, count);
        byte[] bytes = block.toByteArray();
        index.add(firstKey, bytes.length, Crc32c.of(bytes));
        Channels.writeFully(channel, ByteBuffer.wrap(bytes));
        length += bytes.length;
        block.reset();
        restarts.reset();
        entriesOfBlock = 0;
    }

    private static int shared(byte[] before, byte[] key) {
        int mismatch = Arrays.mismatch(before, key);
        return mismatch < 0 ? key.length : mismatch;
    }

    private void writeNumber(int number) {
        int rest = number;
        while (rest > 0x7f) {
            block.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        block.write(rest);
    }

    private static void writeInt(ByteArrayOutputStream out, int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }
}
