package dev.freshpyc.core.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks tables of random entries, the exact bytes of a table and of its index, and blocks with a right checksum and wrong bytes. */
class SortedTableTest {

    private static final int BEGIN = 11;

    @TempDir
    private Path directory;

    private Path file;
    private FileChannel channel;

    @BeforeEach
    void open() throws IOException {
        file = directory.resolve("table");
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
    }

    @Test
    void aWrittenTableIsReadBack() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        for (int entries : new int[] {0, 1, 2, 15, 16, 17, 33, 1_000, 20_000}) {
            NavigableMap<byte[], byte[]> expected = randomEntries(entries, random);
            TableWriter writer = writer(expected);

            requireEqual(table(writer), expected);
            requireEqual(paged(writer), expected);
        }
    }

    private static void requireEqual(SortedTable table, NavigableMap<byte[], byte[]> expected) throws IOException {
        for (Map.Entry<byte[], byte[]> entry : expected.entrySet()) {
            assertThat(table.get(entry.getKey())).isEqualTo(entry.getValue());
            byte[] longer = Arrays.copyOf(entry.getKey(), entry.getKey().length + 1);
            assertThat(table.get(longer)).isEqualTo(expected.get(longer));
        }
        assertThat(table.get(new byte[0])).isEqualTo(expected.get(new byte[0]));
        assertThat(toHex(read(table.cursor()))).isEqualTo(toHex(expected));
        byte[] middle = new byte[] {100};
        assertThat(toHex(read(table.cursorAfter(middle)))).isEqualTo(toHex(expected.tailMap(middle, false)));
    }

    /** Change these bytes only together with the version of the section {@code blocks}. */
    @Test
    void theBytesOfATableDoNotChange() throws IOException {
        NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        entries.put(bytes("pkg/a.py"), bytes("one"));
        entries.put(bytes("pkg/b.py"), bytes(""));
        entries.put(bytes("pkg/b2.py"), new byte[200]);
        TableWriter writer = writer(entries);

        byte[] table = Channels.readFully(file, channel, BEGIN, (int) writer.length());
        assertThat(HexFormat.of().formatHex(table))
                .isEqualTo("000803" + "706b672f612e7079" + "6f6e65" // shared, own, value: pkg/a.py = one
                        + "040400" + "622e7079" // b.py, removed
                        + "0504c801" + "322e7079" + "00".repeat(200) // 2.py, 200 bytes
                        + "00000000" + "01000000"); // one offset: 0
        assertThat(HexFormat.of().formatHex(writer.index()))
                .startsWith("01000000" + "ed000000") // one block of 237 bytes
                .endsWith("08000000" + "706b672f612e7079"); // its first key ends at 8
    }

    /** Change these bytes only together with the versions of the sections {@code blocks} and {@code pages}. */
    @Test
    void theBytesOfPagesDoNotChange() {
        BlockIndex.Builder blocks = new BlockIndex.Builder();
        for (int block = 0; block < 129; block++) {
            blocks.add(new byte[] {(byte) block}, 10_000, block);
        }

        StoredPages.Encoded encoded = StoredPages.Encoded.of(new BlockIndex(blocks.encode()));

        int lengthOfFirst = 8 + 4 + 128 * (12 + 1);
        String pages = HexFormat.of().formatHex(encoded.pages().toByteArray());
        assertThat(pages.substring(0, 2 * (8 + 4 + 24)))
                .isEqualTo("0000000000000000" + "80000000" // begins at 0, has 128 blocks
                        + "10270000" + "00000000" + "01000000" // 10,000 bytes, checksum 0, its key ends at 1
                        + "10270000" + "01000000" + "02000000");
        assertThat(pages.substring(2 * lengthOfFirst))
                .isEqualTo("0088130000000000" + "01000000" // begins at 1,280,000, has one block
                        + "10270000" + "80000000" + "01000000" + "80");
        assertThat(HexFormat.of().formatHex(encoded.root().encode()))
                .startsWith("02000000" + "8c060000") // two pages, the first of 1,676 bytes
                .contains("01000000" + "19000000") // its key ends at 1; the second page has 25 bytes
                .endsWith("02000000" + "0080");
    }

    @Test
    void keysThatDoNotAscendAreRefused() throws IOException {
        TableWriter writer = new TableWriter(channel);
        writer.add(bytes("b"), bytes("1"));
        assertThatThrownBy(() -> writer.add(bytes("b"), bytes("2"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.add(bytes("a"), bytes("2"))).isInstanceOf(IllegalArgumentException.class);
    }

    /** The block has a right checksum and wrong bytes. Reading must end, and may throw only {@link Corrupt}. */
    @Test
    void readingAWronglyWrittenBlockEnds() throws IOException {
        SplittableRandom random = new SplittableRandom(20261128);
        NavigableMap<byte[], byte[]> entries = randomEntries(30, random); // one block
        TableWriter writer = writer(entries);
        byte[] intact = Channels.readFully(file, channel, BEGIN, (int) writer.length());
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] mutant = intact.clone();
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
            }
            SortedTable table = withOneBlock(mutant);
            try {
                read(table.cursor());
                for (byte[] key : entries.keySet()) {
                    table.get(key);
                }
            } catch (Corrupt _) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    @Test
    void aDamagedBlockIndexIsCorrupt() throws IOException {
        TableWriter writer = writer(randomEntries(1_000, new SplittableRandom(3)));
        byte[] index = writer.index();
        for (int length = 0; length < index.length; length++) {
            byte[] cut = Arrays.copyOf(index, length);
            assertThatThrownBy(() -> new SortedTable(file, channel, BEGIN, writer.length(), cut))
                    .as("%d bytes", length)
                    .isInstanceOf(Corrupt.class);
        }
        assertThatThrownBy(() -> new SortedTable(file, channel, BEGIN, writer.length() - 1, index))
                .isInstanceOf(Corrupt.class);
    }

    @Test
    void aDamagedPageIsCorrupt() throws IOException {
        TableWriter writer = writer(randomEntries(1_000, new SplittableRandom(3)));
        StoredPages.Encoded index = StoredPages.Encoded.of(new BlockIndex(writer.index()));
        byte[] pages = index.pages().toByteArray();
        byte[] root = index.root().encode();
        for (int at = 0; at < pages.length; at++) {
            byte[] damaged = pages.clone();
            damaged[at] ^= 1;
            requireCorrupt(paged(writer, damaged, root));
        }
        for (int length = 0; length < root.length; length++) {
            byte[] cut = Arrays.copyOf(root, length);
            assertThatThrownBy(() -> paged(writer, pages, cut))
                    .as("%d bytes", length)
                    .isInstanceOf(Corrupt.class);
        }
    }

    /** The page has a right checksum and a wrong offset. */
    @Test
    void aPageWhoseBlocksLieOutsideTheTableIsCorrupt() throws IOException {
        TableWriter writer = writer(randomEntries(100, new SplittableRandom(3)));
        for (long begin : new long[] {1, -1, writer.length(), Long.MAX_VALUE, Long.MIN_VALUE}) {
            byte[] page = BlockPage.encode(begin, writer.index());
            BlockIndex.Builder root = new BlockIndex.Builder();
            root.add(new byte[0], page.length, Crc32c.of(page));
            requireCorrupt(paged(writer, page, root.encode()));
        }
    }

    private static void requireCorrupt(SortedTable table) {
        assertThatThrownBy(() -> table.get(new byte[] {100})).isInstanceOf(Corrupt.class);
        assertThatThrownBy(() -> table.cursor().next()).isInstanceOf(Corrupt.class);
    }

    private SortedTable withOneBlock(byte[] block) throws IOException {
        channel.truncate(0).position(0);
        Channels.writeFully(channel, ByteBuffer.wrap(block));
        BlockIndex.Builder index = new BlockIndex.Builder();
        index.add(new byte[0], block.length, Crc32c.of(block));
        return new SortedTable(file, channel, 0, block.length, index.encode());
    }

    private SortedTable table(TableWriter writer) throws IOException {
        return new SortedTable(file, channel, BEGIN, writer.length(), writer.index());
    }

    private SortedTable paged(TableWriter writer) throws IOException {
        StoredPages.Encoded index = StoredPages.Encoded.of(new BlockIndex(writer.index()));
        return paged(writer, index.pages().toByteArray(), index.root().encode());
    }

    /** A table whose pages lie behind its blocks. */
    private SortedTable paged(TableWriter writer, byte[] pages, byte[] root) throws IOException {
        long end = BEGIN + writer.length();
        Channels.writeFully(channel.truncate(end).position(end), ByteBuffer.wrap(pages));
        return SortedTable.paged(file, channel, BEGIN, writer.length(), end, pages.length, root);
    }

    private TableWriter writer(NavigableMap<byte[], byte[]> entries) throws IOException {
        channel.truncate(0).position(BEGIN);
        TableWriter writer = new TableWriter(channel);
        for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
            writer.add(entry.getKey(), entry.getValue());
        }
        writer.finish();
        assertThat(writer.entries()).isEqualTo(entries.size());
        return writer;
    }

    private static NavigableMap<byte[], byte[]> read(Cursor cursor) throws IOException {
        NavigableMap<byte[], byte[]> found = new TreeMap<>(Arrays::compareUnsigned);
        while (cursor.next()) {
            found.put(cursor.key(), cursor.value());
        }
        return found;
    }

    /** The keys have long common prefixes and bytes above 127; some values are longer than a block. */
    private static NavigableMap<byte[], byte[]> randomEntries(int count, SplittableRandom random) {
        NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        while (entries.size() < count) {
            byte[] key = new byte[random.nextInt(12)];
            for (int i = 0; i < key.length; i++) {
                key[i] = (byte) (random.nextInt(3) * 100);
            }
            byte[] value = new byte[random.nextInt(2_000) == 0 ? 100_000 : random.nextInt(300)];
            random.nextBytes(value);
            entries.put(key, value);
        }
        return entries;
    }

    private static List<String> toHex(NavigableMap<byte[], byte[]> entries) {
        HexFormat hex = HexFormat.of();
        return entries.entrySet().stream()
                .map(entry -> hex.formatHex(entry.getKey()) + "=" + hex.formatHex(entry.getValue()))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
