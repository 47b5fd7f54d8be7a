package dev.freshpyc.core.store.table;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table in an open file, for any number of threads. A lookup reads and verifies one page of the index and one block. The last blocks stay in memory,
 * since a scan asks for the records of a directory one after the other, and these lie beside one another.
 */
public final class SortedTable {

    /** Blocks that stay in memory: two megabytes. */
    private static final int KEPT = 256;

    /** Comes before every key of a table. */
    private static final byte[] NO_KEY = {};

    private final Path file;
    private final FileChannel channel;
    private final long begin;
    private final BlockPages index;
    private final AtomicReferenceArray<@Nullable KeptBlock> kept = new AtomicReferenceArray<>(KEPT);

    private record KeptBlock(long offset, Block block) {}

    /**
     * A table whose index is in memory; nothing is read yet.
     *
     * @param file named in errors
     * @param begin the offset of the table in the file
     * @param length the length of the table in bytes
     * @param index as the {@link TableWriter} made it; its bytes are verified already
     */
    public SortedTable(Path file, FileChannel channel, long begin, long length, byte[] index) throws Corrupt {
        this(file, channel, begin, BlockPages.of(ofLength(length, file, decoded(file, () -> new BlockIndex(index)))));
    }

    private SortedTable(Path file, FileChannel channel, long begin, BlockPages index) {
        this.file = file;
        this.channel = channel;
        this.begin = begin;
        this.index = index;
    }

    /**
     * A table whose index is in pages; nothing is read yet.
     *
     * @param file named in errors
     * @param begin the offset of the table in the file
     * @param length the length of the table in bytes
     * @param pagesBegin the offset of the pages in the file
     * @param pagesLength the length of the pages in bytes
     * @param root as {@link StoredPages.Encoded} has it; its bytes are verified already
     */
    static SortedTable paged(
            Path file, FileChannel channel, long begin, long length, long pagesBegin, long pagesLength, byte[] root)
            throws Corrupt {
        BlockIndex pages = ofLength(pagesLength, file, decoded(file, () -> new BlockIndex(root)));
        return new SortedTable(file, channel, begin, new StoredPages(file, channel, pagesBegin, pages, length));
    }

    private static BlockIndex ofLength(long length, Path file, BlockIndex blocks) throws Corrupt {
        Corrupt.unless(blocks.tableLength() == length, file, length + " bytes of blocks", blocks.tableLength() + "");
        return blocks;
    }

    /** Decodes an index of blocks whose bytes have a right checksum. */
    static <T> T decoded(Path file, Supplier<T> decoding) throws Corrupt {
        try {
            return decoding.get();
        } catch (IndexOutOfBoundsException bad) {
            throw new Corrupt(file, "an index of blocks", String.valueOf(bad.getMessage()));
        }
    }

    /**
     * The value of a key; null if the table has no such key.
     *
     * @throws Corrupt when the block is damaged
     */
    public byte @Nullable [] get(byte[] key) throws IOException {
        int number = index.pageOf(key);
        if (number < 0) {
            return null;
        }
        BlockPage page = index.page(number);
        int block = page.blocks().blockOf(key);
        try {
            return block < 0 ? null : block(page, block).find(key);
        } catch (IndexOutOfBoundsException bad) {
            throw damaged(bad);
        }
    }

    /** All entries. */
    public Cursor cursor() {
        return new TableCursor(0, NO_KEY);
    }

    /** The entries whose keys come after a key. */
    public Cursor cursorAfter(byte[] key) {
        return new TableCursor(Math.max(0, index.pageOf(key)), key);
    }

    private Block block(BlockPage page, int number) throws IOException {
        long offset = page.offset(number);
        int slot = (int) (offset / Block.LENGTH % KEPT);
        @Nullable KeptBlock known = kept.get(slot);
        if (known != null && known.offset == offset) {
            return known.block;
        }
        Block block = read(page, number);
        kept.set(slot, new KeptBlock(offset, block));
        return block;
    }

    private Block read(BlockPage page, int number) throws IOException {
        BlockIndex blocks = page.blocks();
        long offset = page.offset(number);
        byte[] bytes = Channels.readFully(file, channel, begin + offset, blocks.length(number));
        boolean intact = Crc32c.of(bytes) == blocks.checksum(number);
        Corrupt.unless(intact, file, "the checksum of the block at byte " + offset, "another");
        return new Block(bytes);
    }

    private Corrupt damaged(IndexOutOfBoundsException bad) {
        return new Corrupt(file, "a block of entries", String.valueOf(bad.getMessage()));
    }

    private final class TableCursor implements Cursor {

        private final byte[] after;
        private int nextPage;
        private @Nullable BlockPage page;
        private int next;
        private boolean passed;
        private Block.@Nullable Entries entries;

        /**
         * A cursor before the first entry.
         *
         * @param first the page that can have the key
         * @param after the key whose successors are wanted
         */
        private TableCursor(int first, byte[] after) {
            this.nextPage = first;
            this.after = after;
            this.passed = after.length == 0;
        }

        @Override
        public boolean next() throws IOException {
            try {
                boolean any = step();
                while (any && !passed) {
                    passed = Arrays.compareUnsigned(key(), after) > 0;
                    any = passed || step();
                }
                return any;
            } catch (IndexOutOfBoundsException bad) {
                throw damaged(bad);
            }
        }

        private boolean step() throws IOException {
            while (entries == null || !entries.next()) {
                BlockPage from = pageOfNext();
                if (from == null) {
                    return false;
                }
                entries = read(from, next++).entries();
            }
            return true;
        }

        /** The page of the next block; null at the end. */
        private @Nullable BlockPage pageOfNext() throws IOException {
            while (page == null || next == page.blocks().blocks()) {
                if (nextPage == index.pages()) {
                    return null;
                }
                BlockPage following = index.page(nextPage++);
                next = page == null ? Math.max(0, following.blocks().blockOf(after)) : 0;
                page = following;
            }
            return page;
        }

        @Override
        public byte[] key() {
            return entries().key();
        }

        @Override
        public byte[] value() {
            return entries().value();
        }

        private Block.Entries entries() {
            if (entries == null) {
                throw new IllegalStateException("before the first entry");
            }
            return entries;
        }
    }
}
