package dev.freshpyc.cli.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.SettledRefresh;
import dev.freshpyc.cli.StoredIndex;
import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An invalid record in an index with valid checksums, as a faulty program could write it. */
@Timeout(60)
class FaultyRecordTest {

    /** Offsets in the header of an index file; the first rows of its section table are records, blocks and pages. */
    private static final int HEADER_LENGTH = 12;

    private static final int ENTRY_LENGTH = 48;
    private static final int ENTRY = 56;
    private static final int ROW = 48;
    private static final int RECORDS = 0;
    private static final int BLOCKS = 1;
    private static final int PAGES = 2;
    private static final int OFFSET = 24;
    private static final int LENGTH = 32;
    private static final int CHECKSUM = 40;

    private static final Sha256 DIGEST = new Sha256(0x0102030405060708L, 9, 10, 11);
    private static final Sha256 INVALID = new Sha256(0x1122334455667788L, 9, 10, 11);

    private final Path lib;
    private final Path index;

    FaultyRecordTest(@TempDir Path directory) throws IOException {
        lib = Files.createDirectories(directory.resolve("lib"));
        index = directory.resolve("index");
        new Pairs(lib).fresh("a").fresh("b");
        try (Draft draft = new ChronicleStore(index, StoreEvents.NONE).draft(SettledRefresh.key(lib))) {
            draft.put(RawPath.of("a.py"), new SourceRecord(null, DIGEST, List.of()));
            draft.put(RawPath.of("b.py"), new SourceRecord(null, INVALID, List.of()));
            draft.publish(1);
        }
        makeRecordInvalid();
    }

    @Test
    void verifyNamesTheInvalidRecordAndFails() {
        CommandLineRun run = CommandLineRun.of("index", "--index", index, "verify");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(lib + ": 1 of 2 records are valid; invalid: b.py\n");
    }

    @Test
    void lookupIgnoresTheInvalidRecordAndRefreshReplacesIt() {
        assertThat(CommandLineRun.of("lookup", "--index", index, lib.resolve("b.py"))
                        .out())
                .contains("not in any index");

        assertThat(CommandLineRun.of("refresh", "-q", "--index", index, lib).code())
                .isZero();
        assertThat(CommandLineRun.of("index", "--index", index, "verify").out())
                .isEqualTo(lib + ": 2 of 2 records are valid\n");
    }

    /** Sets unknown flags in the record with the digest {@code INVALID}, and updates the checksums. */
    private void makeRecordInvalid() throws IOException {
        Path file = StoredIndex.in(index).file();
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int table = ENTRY + fields.getInt(ENTRY_LENGTH);
        int records = (int) fields.getLong(table + RECORDS * ROW + OFFSET);
        int blocks = (int) fields.getLong(table + BLOCKS * ROW + OFFSET);
        int pages = (int) fields.getLong(table + PAGES * ROW + OFFSET);
        int length = (int) fields.getLong(table + PAGES * ROW + LENGTH);
        bytes[positionOf(INVALID, bytes) - 1] = (byte) 0xff;
        int checksumOfTheOnlyBlock = blocks + Long.BYTES + 2 * Integer.BYTES;
        int checksumOfTheOnlyPage = pages + 2 * Integer.BYTES;
        fields.putInt(checksumOfTheOnlyBlock, checksum(bytes, records, blocks - records));
        fields.putInt(checksumOfTheOnlyPage, checksum(bytes, blocks, pages - blocks));
        fields.putInt(table + PAGES * ROW + CHECKSUM, checksum(bytes, pages, length));
        int header = fields.getInt(HEADER_LENGTH) - Integer.BYTES;
        fields.putInt(header, checksum(bytes, 0, header));
        Files.write(file, bytes);
    }

    private static int positionOf(Sha256 digest, byte[] bytes) {
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        return all.indexOf(new String(digest.toBytes(), StandardCharsets.ISO_8859_1));
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
