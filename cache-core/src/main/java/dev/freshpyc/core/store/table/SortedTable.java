package dev.freshpyc.core.store.table;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A table in an open file, for any number of threads. A lookup reads and verifies one block. The last blocks stay in memory,
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
    private final BlockIndex index;
    private final AtomicReferenceArray<@Nullable KeptBlock> kept = new AtomicReferenceArray<>(KEPT);

    private record KeptBlock(int number, Block block) {}

    /**
     * A table in a file; nothing is read yet.
     *
     * @param file named in errors
     * @param begin the offset of the table in the file
     * @param length the length of the table in bytes
     * @param index as the {@link TableWriter} made it; its bytes are verified already
     */
    public SortedTable(Path file, FileChannel channel, long begin, long length, byte[] index) throws Corrupt {
        this.file = file;
        this.channel = channel;
        this.begin = begin;
        this.index = decode(file, index);
        Corrupt.unless(
                this.index.tableLength() == length, file, length + " bytes of blocks", this.index.tableLength() + "");
    }

    private static BlockIndex decode(Path file, byte[] index) throws Corrupt {
        try {
            return new BlockIndex(index);
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
        int number = index.blockOf(key);
        try {
            return number < 0 ? null : block(number).find(key);
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
        return new TableCursor(Math.max(0, index.blockOf(key)), key);
    }

    private Block block(int number) throws IOException {
        @Nullable KeptBlock known = kept.get(number % KEPT);
        if (known != null && known.number == number) {
            return known.block;
        }
        Block block = read(number);
        kept.set(number % KEPT, new KeptBlock(number, block));
        return block;
    }

    private Block read(int number) throws IOException {
        byte[] bytes = Channels.readFully(file, channel, begin + index.offset(number), index.length(number));
        boolean intact = Crc32c.of(bytes) == index.checksum(number);
        Corrupt.unless(intact, file, "the checksum of block " + number, "another");
        return new Block(bytes);
    }

    private Corrupt damaged(IndexOutOfBoundsException bad) {
        return new Corrupt(file, "a block of entries", String.valueOf(bad.getMessage()));
    }

    private final class TableCursor implements Cursor {

        private final byte[] after;
        private int next;
        private boolean passed;
        private Block.@Nullable Entries entries;

        /**
         * A cursor before the first entry.
         *
         * @param first the block that can have the key
         * @param after the key whose successors are wanted
         */
        private TableCursor(int first, byte[] after) {
            this.next = first;
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
                if (next == index.blocks()) {
                    return false;
                }
                entries = read(next++).entries();
            }
            return true;
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
