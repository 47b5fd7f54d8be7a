package dev.freshpyc.indexer.repair.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of a journal match the manual in package-info: the journals of earlier versions must stay readable. */
@EnabledOnOs(OS.LINUX)
class JournalFormatTest {

    private static final RawPath DIRECTORY = RawPath.of("/lib/__pycache__");
    private static final FileState BEFORE = new FileState(7, 100, 1_700_000_000, 5);
    private static final FileState AFTER = new FileState(8, 100, 1_700_000_000, 5);
    private static final HeaderBytes OLD = new HeaderBytes(0x0102030405060708L, 0x1112131415161718L, 16);
    private static final HeaderBytes NEW = new HeaderBytes(0x2122232425262728L, 0x3132333435363738L, 16);

    private static final String RESTAMPED = "66726573686a6e34" // magic
            + "0000009e" // length
            + "0aad4649" // CRC-32C of the rest
            + "0009" + hex("RESTAMPED")
            + "00000010" + hex("/lib/__pycache__")
            + "00000005" + hex("a.pyc")
            + "00000004" + hex(".new")
            + "00000000000000070000000000000064000000006553f10000000005"
            + "00000000000000080000000000000064000000006553f10000000005"
            + "1001020304050607081112131415161718"
            + "1021222324252627283132333435363738"
            + "ffffffffffffffff"
            + "00000000"
            + "00000000"
            + "00000000";

    private static final String CLEANED = "66726573686a6e35" // magic
            + "000000a8" // length
            + "e917ec49" // CRC-32C of the rest
            + "0007" + hex("REMOVED")
            + "00000010" + hex("/lib/__pycache__")
            + "00000005" + hex("a.pyc")
            + "00000000"
            + "00000000000000070000000000000064000000006553f10000000005"
            + "0".repeat(56)
            + "0".repeat(34)
            + "0".repeat(34)
            + "ffffffffffffffff"
            + "00000010" + hex("t.journal.link-0")
            + "00000000"
            + "00000000"
            + "000000ac"
            + "5ac3211e"
            + "0011" + hex("DIRECTORY_REMOVED")
            + "00000004" + hex("/lib")
            + "0000000b" + hex("__pycache__")
            + "00000000"
            + "0".repeat(56)
            + "0".repeat(56)
            + "0".repeat(34)
            + "0".repeat(34)
            + "ffffffffffffffff"
            + "00000010" + hex("t.journal.link-1")
            + "00000000"
            + "00000000";

    @TempDir
    private Path temporary;

    @Test
    void anEntryIsEncodedAsInTheManual() throws IOException {
        JournalEntry entry =
                JournalEntry.restamped(DIRECTORY, RawPath.of("a.pyc"), RawPath.of(".new"), BEFORE, AFTER, OLD, NEW);
        Path file = temporary.resolve("t.running");
        try (Journal journal = Journal.create(() -> file)) {
            journal.add(entry);
            journal.secure(Durability.NONE);
            byte[] bytes = Files.readAllBytes(file);
            assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(RESTAMPED);
            assertThat(ReadJournal.entries(file)).isEqualTo(List.of(entry));
        }
    }

    @Test
    void theEntriesOfACleanAreEncodedAsInTheManual() throws IOException {
        JournalEntry file =
                JournalEntry.removed(DIRECTORY, RawPath.of("a.pyc"), BEFORE, RawPath.of("t.journal.link-0"));
        JournalEntry directory = JournalEntry.directoryRemoved(DIRECTORY, RawPath.of("t.journal.link-1"));
        Path path = temporary.resolve("t.running");
        try (Journal journal = Journal.create(() -> path, Journal.MAGIC_OF_CLEAN)) {
            journal.add(file);
            journal.add(directory);
            journal.secure(Durability.NONE);
            assertThat(HexFormat.of().formatHex(Files.readAllBytes(path))).isEqualTo(CLEANED);
            assertThat(ReadJournal.entries(path)).isEqualTo(List.of(file, directory));
        }
    }

    @Test
    void aFileWithAnotherMagicIsRefused() throws IOException {
        Path file = Files.writeString(temporary.resolve("t.journal"), "freshjn2 and more");
        assertThatIOException().isThrownBy(() -> ReadJournal.entries(file)).withMessageContaining(file.toString());
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
