package dev.freshpyc.core.store.table;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Where blocks are, which checksums they have, and with which keys they begin. The index stays encoded, since a lookup compares
 * few of its keys.
 *
 * <p>The bytes, little-endian: the number of blocks, 4; a row for each block of its length, its CRC-32C and the end of its
 * first key, 4 each; the keys one after the other.
 */
final class BlockIndex {

    private static final int ROW = 3 * Integer.BYTES;
    private static final int CHECKSUM = Integer.BYTES;
    private static final int KEY_END = 2 * Integer.BYTES;

    private final byte[] bytes;
    private final ByteBuffer numbers;
    private final int blocks;
    private final int keys;
    private final long[] offsets;

    /** @throws IndexOutOfBoundsException when the bytes are no index of blocks */
    BlockIndex(byte[] bytes) {
        this.bytes = bytes;
        this.numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.blocks = numbers.getInt(0);
        if (blocks < 0 || blocks > (bytes.length - Integer.BYTES) / ROW) {
            throw new IndexOutOfBoundsException(blocks + " blocks");
        }
        this.keys = Integer.BYTES + blocks * ROW;
        this.offsets = new long[blocks + 1];
        int end = 0;
        for (int block = 0; block < blocks; block++) {
            int keyEnd = number(block, KEY_END);
            if (length(block) < 2 * Integer.BYTES || keyEnd < end || keyEnd > bytes.length - keys) {
                throw new IndexOutOfBoundsException("block " + block);
            }
            offsets[block + 1] = offsets[block] + length(block);
            end = keyEnd;
        }
    }

    int blocks() {
        return blocks;
    }

    /** The length of all blocks in bytes. */
    long tableLength() {
        return offsets[blocks];
    }

    /** The offset of a block from the beginning of the first. */
    long offset(int block) {
        return offsets[block];
    }

    int length(int block) {
        return number(block, 0);
    }

    int checksum(int block) {
        return number(block, CHECKSUM);
    }

    byte[] firstKey(int block) {
        return Arrays.copyOfRange(bytes, keys + keyBegin(block), keys + number(block, KEY_END));
    }

    /** The only block that can have a key; -1 if the key comes before all keys of the table. */
    int blockOf(byte[] key) {
        int low = -1;
        int high = blocks - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            int from = keys + keyBegin(middle);
            int to = keys + number(middle, KEY_END);
            if (Arrays.compareUnsigned(bytes, from, to, key, 0, key.length) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private int keyBegin(int block) {
        return block == 0 ? 0 : number(block - 1, KEY_END);
    }

    private int number(int block, int at) {
        return numbers.getInt(Integer.BYTES + block * ROW + at);
    }

    /** Collects the rows of blocks in their order. */
    static final class Builder {

        private final ByteArrayOutputStream rows = new ByteArrayOutputStream();
        private final ByteArrayOutputStream keys = new ByteArrayOutputStream();
        private int blocks;

        void add(byte[] firstKey, int length, int checksum) {
            keys.writeBytes(firstKey);
            ByteBuffer row = ByteBuffer.allocate(ROW).order(ByteOrder.LITTLE_ENDIAN);
            rows.writeBytes(
                    row.putInt(length).putInt(checksum).putInt(keys.size()).array());
            blocks++;
        }

        byte[] encode() {
            return ByteBuffer.allocate(Integer.BYTES + rows.size() + keys.size())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(blocks)
                    .put(rows.toByteArray())
                    .put(keys.toByteArray())
                    .array();
        }
    }
}
