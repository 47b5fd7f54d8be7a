package dev.freshpyc.core.store.table;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Pages in a file. A lookup reads one page and the root, a {@link BlockIndex} whose blocks are the pages: for a million records
 * 23 KB of 1.5 MB. Pages that were read stay in memory.
 */
final class StoredPages implements BlockPages {

    /** Blocks of a page. Such a page has some 9 KB, about as many as a block of entries. */
    private static final int BLOCKS = 128;

    private final Path file;
    private final FileChannel channel;
    private final long begin;
    private final BlockIndex root;
    private final long tableLength;
    private final AtomicReferenceArray<@Nullable BlockPage> known;

    /**
     * Pages in a file; none is read yet.
     *
     * @param file named in errors
     * @param begin the offset of the pages in the file
     * @param tableLength the length of the table in bytes
     */
    StoredPages(Path file, FileChannel channel, long begin, BlockIndex root, long tableLength) {
        this.file = file;
        this.channel = channel;
        this.begin = begin;
        this.root = root;
        this.tableLength = tableLength;
        this.known = new AtomicReferenceArray<>(root.blocks());
    }

    @Override
    public int pages() {
        return root.blocks();
    }

    @Override
    public int pageOf(byte[] key) {
        return root.blockOf(key);
    }

    /** @throws Corrupt when the page is damaged, or its blocks lie outside the table */
    @Override
    public BlockPage page(int number) throws IOException {
        @Nullable BlockPage read = known.get(number);
        if (read == null) {
            read = read(number);
            known.set(number, read);
        }
        return read;
    }

    private BlockPage read(int number) throws IOException {
        byte[] bytes = Channels.readFully(file, channel, begin + root.offset(number), root.length(number));
        boolean intact = Crc32c.of(bytes) == root.checksum(number);
        Corrupt.unless(intact, file, "the checksum of page " + number, "another");
        BlockPage page = SortedTable.decoded(file, () -> BlockPage.decode(bytes));
        boolean inside = page.begin() >= 0 && page.end() >= page.begin() && page.end() <= tableLength;
        Corrupt.unless(inside, file, tableLength + " bytes of blocks", page.end() + "");
        return page;
    }

    /** The pages of a table, one after the other, and their root. */
    record Encoded(ByteArrayOutputStream pages, BlockIndex.Builder root) {

        static Encoded of(BlockIndex blocks) {
            Encoded encoded = new Encoded(new ByteArrayOutputStream(), new BlockIndex.Builder());
            for (int first = 0; first < blocks.blocks(); first += BLOCKS) {
                encoded.add(blocks, first, Math.min(first + BLOCKS, blocks.blocks()));
            }
            return encoded;
        }

        private void add(BlockIndex blocks, int from, int to) {
            BlockIndex.Builder page = new BlockIndex.Builder();
            for (int block = from; block < to; block++) {
                page.add(blocks.firstKey(block), blocks.length(block), blocks.checksum(block));
            }
            byte[] bytes = BlockPage.encode(blocks.offset(from), page.encode());
            root.add(blocks.firstKey(from), bytes.length, Crc32c.of(bytes));
            pages.writeBytes(bytes);
        }
    }
}
