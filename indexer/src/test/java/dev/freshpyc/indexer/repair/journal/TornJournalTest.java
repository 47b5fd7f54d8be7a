package dev.freshpyc.indexer.repair.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.freshpyc.indexer.repair.StagedRepair;
import dev.freshpyc.indexer.repair.StagedRepair.Moment;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.repair.outcome.UndoSummary;
import dev.freshpyc.indexer.testing.CompiledFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a journal that is cut or damaged at any byte gives the entries before that byte, and no false entry. */
class TornJournalTest {

    private static final int PAIRS = 3;

    @TempDir
    private Path directory;

    private byte[] whole = {};
    private List<JournalEntry> entries = List.of();

    @BeforeEach
    void repair() throws Exception {
        Path cache = Files.createDirectories(directory.resolve("lib/__pycache__"));
        for (int i = 0; i < PAIRS; i++) {
            Path source = Files.writeString(directory.resolve("lib/m" + i + ".py"), "x = 1\n");
            Files.setLastModifiedTime(source, FileTime.fromMillis(1_700_000_000_000L));
            Path pyc = cache.resolve("m" + i + ".cpython-311.pyc");
            CompiledFile.write(source, pyc, StagedRepair.bytecode(1_700_000_000, 6));
        }
        RepairSummary summary = new StagedRepair(directory, WriteMode.REPLACE).run(Moment.BEGINNING, () -> {});
        assertThat(summary.restamped()).isEqualTo(PAIRS);
        Path journal = new JournalDirectory(directory.resolve("undo")).last().orElseThrow();
        whole = Files.readAllBytes(journal);
        entries = ReadJournal.entries(journal);
        assertThat(entries.size()).isGreaterThanOrEqualTo(PAIRS);
    }

    @Test
    void aCutJournalIsReadUpToTheCut() throws IOException {
        int before = 0;
        for (int length = 8; length <= whole.length; length++) {
            List<JournalEntry> read = ReadJournal.entries(journalOf(Arrays.copyOf(whole, length)));
            assertThat(read).isEqualTo(entries.subList(0, read.size()));
            assertThat(read.size()).isBetween(before, before + 1);
            before = read.size();
        }
        assertThat(before).isEqualTo(entries.size());
    }

    @Test
    void aJournalShorterThanItsMagicHasNoEntries() throws IOException {
        for (int length = 0; length < 8; length++) {
            assertThat(ReadJournal.entries(journalOf(Arrays.copyOf(whole, length))))
                    .isEmpty();
        }
    }

    @Test
    void entriesAfterADamagedByteAreNotRead() throws IOException {
        for (int at = 8; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            List<JournalEntry> read = ReadJournal.entries(journalOf(damaged));
            assertThat(read).hasSizeLessThan(entries.size()).isEqualTo(entries.subList(0, read.size()));
        }
    }

    /** Undo does not touch files whose entries lie behind the cut. */
    @Test
    void theChangesBeforeTheCutAreUndone() throws IOException {
        Path cut = journalOf(Arrays.copyOf(whole, whole.length - 1));

        JournalDirectory journals = new JournalDirectory(directory.resolve("own"));
        UndoSummary summary = Undo.of(RecordedRun.read(cut), List.of(), journals, _ -> {}, _ -> {});

        assertThat(summary.putBack()).isEqualTo(PAIRS - 1);
        assertThat(summary.left()).isEmpty();
    }

    @Test
    void aJournalWithoutAChangeIsAnError() throws IOException {
        Path torn = journalOf(Arrays.copyOf(whole, 20));

        assertThatIOException()
                .isThrownBy(() -> RecordedRun.read(torn))
                .withMessage(torn + " lists no change, so there is nothing to undo");
    }

    private Path journalOf(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("cut.journal"), bytes);
    }
}
