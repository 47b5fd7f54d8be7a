package dev.freshpyc.core.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.file.UnusableIndexException;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.file.UnusableIndexException.TooNew;
import dev.freshpyc.core.store.file.UnusableIndexException.TooOld;
import dev.freshpyc.core.store.table.SectionTable.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Checks the exact bytes of an index file's header and section table, and that every inconsistent header is refused. */
class IndexHeaderTest {

    private static final Path FILE = Path.of("a.index");
    private static final int LENGTH = 159;
    private static final int FIRST_ROW = IndexHeader.FIXED + 3;
    private static final long RECORDS_LENGTH = 1 << 20;
    private static final long SIZE = LENGTH + 9 + RECORDS_LENGTH;
    private static final Section SEALS = new Section("seals", 1, false, LENGTH, 9, 0x01020304);
    private static final Section RECORDS = new Section("records", 4, true, LENGTH + 9, RECORDS_LENGTH, 0xcafebabe);

    /** Change these bytes only together with {@link IndexHeader#FORMAT}. */
    @Test
    void theLayoutOfTheHeaderDoesNotChange() {
        assertThat(HexFormat.of().formatHex(header(SEALS, RECORDS).encode()))
                .isEqualTo(
                        "6672657368696478050000009f000000" // magic, format, length of the header
                                + "07000000000000000807060504030201feffffffffffffff" // generation, token, checked at
                                + "05000000000000000300000002000000" // records, length of the entry, sections
                                + "2f61ff" // entry
                                + "7365616c7300000000000000000000000100000000000000" // seals, version 1, optional
                                + "9f0000000000000009000000000000000403020100000000" // offset, length, checksum
                                + "7265636f7264730000000000000000000400000001000000" // records, version 4, required
                                + "a8000000000000000000100000000000bebafeca00000000" // offset, length, checksum
                                + "ca9a7150");
    }

    @Test
    void aWrittenHeaderIsReadBack() throws UnusableIndexException {
        byte[] bytes = header(SEALS, RECORDS).encode();
        assertThat(IndexHeader.length(FILE, bytes, SIZE)).isEqualTo(LENGTH);
        assertThat(IndexHeader.decode(FILE, bytes, SIZE)).isEqualTo(header(SEALS, RECORDS));
        assertThatThrownBy(() -> IndexHeader.decode(FILE, bytes, SIZE + 1)).isInstanceOf(Corrupt.class);
        assertThatThrownBy(() -> IndexHeader.decode(FILE, bytes, SIZE - 1)).isInstanceOf(Corrupt.class);
    }

    @Test
    void anUnknownOptionalSectionIsSkipped() throws UnusableIndexException {
        Section later = new Section("entry-points", 7, false, LENGTH, 9, 0);
        SectionTable table = decode(header(later, RECORDS).encode()).table();

        assertThat(table.find(FILE, "seals", 1)).isEmpty();
        assertThat(table.require(FILE, "records", 4)).isEqualTo(RECORDS);
    }

    @Test
    void aFileWithAnUnknownRequiredSectionIsRefused() {
        Section later = new Section("proofs", 1, true, LENGTH, 9, 0);
        assertThatThrownBy(() -> decode(header(later, RECORDS).encode()))
                .isInstanceOf(TooNew.class)
                .hasMessageContaining("section proofs");
    }

    @Test
    void oldNewAndMissingSectionsGiveDifferentAnswers() throws UnusableIndexException {
        SectionTable table = decode(header(SEALS, RECORDS).encode()).table();

        assertThat(table.find(FILE, "seals", 2)).as("an older optional section").isEmpty();
        assertThatThrownBy(() -> table.find(FILE, "records", 5)).isInstanceOf(TooOld.class);
        assertThatThrownBy(() -> table.find(FILE, "records", 3))
                .isInstanceOf(TooNew.class)
                .hasMessageContaining("records of format 4");
        assertThatThrownBy(() -> table.require(FILE, "blocks", 1)).isInstanceOf(Corrupt.class);
    }

    @Test
    void oldNewAndCorruptFormatsGiveDifferentAnswers() {
        for (int format = 1; format < IndexHeader.FORMAT; format++) {
            byte[] old = changed(8, format);
            assertThatThrownBy(() -> decode(old)).as("format %d", format).isInstanceOf(TooOld.class);
        }
        assertThatThrownBy(() -> decode(changed(8, IndexHeader.FORMAT + 1)))
                .isInstanceOf(TooNew.class)
                .hasMessageContaining("format 6");
        assertThatThrownBy(() -> decode(changed(8, 0))).isInstanceOf(Corrupt.class);
        byte[] damaged = header(SEALS, RECORDS).encode();
        damaged[8]++;
        assertThatThrownBy(() -> decode(damaged))
                .as("a changed format without a new checksum")
                .isInstanceOf(Corrupt.class);
    }

    @Test
    void sectionsMustFillTheFileWithoutGapsOrOverlaps() {
        assertCorrupt("overlapping", SEALS, new Section("records", 4, true, LENGTH + 8, RECORDS_LENGTH + 1, 0));
        assertCorrupt("with a gap", SEALS, new Section("records", 4, true, LENGTH + 10, RECORDS_LENGTH - 1, 0));
        assertCorrupt("in the header", new Section("records", 4, true, LENGTH - 1, 9, 0), RECORDS);
        assertCorrupt("too long", SEALS, new Section("records", 4, true, LENGTH + 9, RECORDS_LENGTH + 1, 0));
        assertCorrupt("too short", SEALS, new Section("records", 4, true, LENGTH + 9, RECORDS_LENGTH - 1, 0));
        assertCorrupt("of negative length", SEALS, new Section("records", 4, true, LENGTH + 9, -1, 0));
        assertCorrupt("of maximal length", SEALS, new Section("records", 4, true, LENGTH + 9, Long.MAX_VALUE, 0));
        assertCorrupt("twice", SEALS, new Section("seals", 1, false, LENGTH + 9, RECORDS_LENGTH, 0));
        assertCorrupt("without a version", SEALS, new Section("records", 0, true, LENGTH + 9, RECORDS_LENGTH, 0));
        assertCorrupt("without a name", SEALS, new Section("", 4, true, LENGTH + 9, RECORDS_LENGTH, 0));
        assertCorrupt("with another name", SEALS, new Section("RECORDS", 4, true, LENGTH + 9, RECORDS_LENGTH, 0));
    }

    @Test
    void aTruncatedTableIsCorrupt() {
        byte[] whole = header(SEALS, RECORDS).encode();
        for (int length = IndexHeader.FIXED + Crc32c.LENGTH; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN).putInt(12, length);
            Crc32c.finish(cut);
            assertThatThrownBy(() -> decode(cut)).as("%d bytes", length).isInstanceOf(Corrupt.class);
        }
        for (int count : new int[] {-1, 1, 3, 65, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> decode(changed(52, count)))
                    .as("%d sections", count)
                    .isInstanceOf(Corrupt.class);
        }
        for (int entry : new int[] {-1, 2, 1 << 17, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> decode(changed(48, entry)))
                    .as("%d bytes of path", entry)
                    .isInstanceOf(Corrupt.class);
        }
        for (int length : new int[] {-1, 0, 59, 1 << 21, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> decode(changed(12, length)))
                    .as("%d bytes of header", length)
                    .isInstanceOf(Corrupt.class);
        }
    }

    /** A mutated header with a correct checksum is refused, or its sections exactly fill the file. */
    @Test
    void aMutatedHeaderHasSectionsInsideTheFileOrIsRefused() {
        SplittableRandom random = new SplittableRandom(20261127);
        int read = 0;
        for (int number = 0; number < 100_000; number++) {
            byte[] bytes = header(SEALS, RECORDS).encode();
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int at =
                        random.nextInt(4) == 0 ? random.nextInt(bytes.length) : random.nextInt(FIRST_ROW, bytes.length);
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt() : bytes[at] ^ (1 << random.nextInt(8)));
            }
            Crc32c.finish(bytes);
            try {
                assertInsideTheFile(decode(bytes));
                read++;
            } catch (UnusableIndexException refusal) {
                assertThat(refusal.expected()).isNotEmpty();
            }
        }
        assertThat(read).isBetween(1_000, 99_000);
    }

    private static void assertCorrupt(String defect, Section... sections) {
        byte[] bytes = header(sections).encode();
        assertThatThrownBy(() -> decode(bytes)).as(defect).isInstanceOf(Corrupt.class);
    }

    private static void assertInsideTheFile(IndexHeader header) {
        long next = IndexHeader.length(
                header.info().entry(), header.table().sections().size());
        for (Section section : header.table().sections()) {
            assertThat(section.offset()).isEqualTo(next);
            assertThat(section.length()).isNotNegative();
            next += section.length();
        }
        assertThat(next).isEqualTo(SIZE);
    }

    private static IndexHeader decode(byte[] bytes) throws UnusableIndexException {
        IndexHeader.length(FILE, bytes, SIZE);
        return IndexHeader.decode(FILE, bytes, SIZE);
    }

    private static IndexHeader header(Section... sections) {
        IndexInfo info = new IndexInfo(RawPath.of("/a\udcff"), 7, 0x0102030405060708L, -2, 5, SIZE);
        return new IndexHeader(info, new SectionTable(List.of(sections)));
    }

    private static byte[] changed(int at, int value) {
        byte[] bytes = header(SEALS, RECORDS).encode();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        Crc32c.finish(bytes);
        return bytes;
    }
}
