package dev.freshpyc.indexer.repair.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.indexer.repair.StagedRepair;
import dev.freshpyc.indexer.repair.StagedRepair.Moment;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.outcome.UndoSummary;
import dev.freshpyc.indexer.testing.CompiledFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that does not fit into memory is read block by block, and its files are put back batch by batch. */
@EnabledOnOs(OS.LINUX)
class JournalBlocksTest {

    private static final int PAIRS = 7;
    private static final FileTime BEFORE = FileTime.fromMillis(1_600_000_000_123L);

    @TempDir
    private Path directory;

    private Path cache = Path.of("");
    private Path journal = Path.of("");

    @BeforeEach
    void repair() throws Exception {
        cache = Files.createDirectories(directory.resolve("lib/__pycache__"));
        for (int i = 0; i < PAIRS; i++) {
            Path source = Files.writeString(directory.resolve("lib/m" + i + ".py"), "x = 1\n");
            Files.setLastModifiedTime(source, FileTime.fromMillis(1_700_000_000_000L));
            CompiledFile.write(source, pyc(i), StagedRepair.bytecode(1_700_000_000, 6));
        }
        Files.setLastModifiedTime(cache, BEFORE);
        assertThat(new StagedRepair(directory, WriteMode.REPLACE)
                        .run(Moment.BEGINNING, () -> {})
                        .restamped())
                .isEqualTo(PAIRS);
        journal = new JournalDirectory(directory.resolve("undo")).last().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 100})
    void entriesAreReadForwardsAndBackwards(int block) throws IOException {
        List<JournalEntry> all = ReadJournal.entries(journal);
        JournalEntries entries = JournalEntries.read(journal, block);
        List<JournalEntry> forwards = new ArrayList<>();
        List<JournalEntry> backwards = new ArrayList<>();

        entries.forEach(forwards::add);
        entries.forEachReversed(backwards::add);

        assertThat(forwards).isEqualTo(all).hasSizeGreaterThan(PAIRS);
        assertThat(backwards).isEqualTo(all.reversed());
    }

    @Test
    void filesArePutBackInBatches() throws IOException {
        JournalDirectory journals = new JournalDirectory(directory.resolve("own"));
        List<UndonePyc> undone = new ArrayList<>();

        UndoSummary summary = Undo.of(RecordedRun.read(journal), List.of(), journals, _ -> {}, undone::add, 2);

        assertThat(summary.putBack()).isEqualTo(PAIRS);
        assertThat(undone).hasSize(PAIRS);
        for (int i = 0; i < PAIRS; i++) {
            assertThat(Files.readAllBytes(pyc(i))).isEqualTo(StagedRepair.bytecode(1_700_000_000, 6));
        }
        assertThat(Files.getLastModifiedTime(cache)).isEqualTo(BEFORE);
        assertThat(journals.all()).isEmpty();
    }

    private Path pyc(int number) {
        return cache.resolve("m" + number + ".cpython-311.pyc");
    }
}
