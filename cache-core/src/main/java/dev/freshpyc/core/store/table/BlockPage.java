package dev.freshpyc.core.store.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Blocks of a table that lie one after the other.
 *
 * <p>The bytes, little-endian: the offset of the first block from the beginning of the table, 8; the blocks, as {@link
 * BlockIndex} describes them.
 *
 * @param begin the offset of the first block from the beginning of the table
 */
record BlockPage(long begin, BlockIndex blocks) {

    /** @throws IndexOutOfBoundsException when the bytes are no page */
    static BlockPage decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long begin = in.getLong(0);
        byte[] blocks = new byte[bytes.length - Long.BYTES];
        in.get(Long.BYTES, blocks);
        return new BlockPage(begin, new BlockIndex(blocks));
    }

    static byte[] encode(long begin, byte[] blocks) {
        return ByteBuffer.allocate(Long.BYTES + blocks.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(begin)
                .put(blocks)
                .array();
    }

    /** The offset of a block from the beginning of the table. */
    long offset(int block) {
        return begin + blocks.offset(block);
    }

    /** The end of the last block, from the beginning of the table. */
    long end() {
        return begin + blocks.tableLength();
    }
}
