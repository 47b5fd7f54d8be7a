package dev.freshpyc.indexer.clean;

import dev.freshpyc.core.manifest.RecordEdit.LineChange;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.Removal;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.installer.InstallerRecords;
import dev.freshpyc.indexer.repair.installer.RecordChanges;
import dev.freshpyc.indexer.repair.installer.WheelRecordWriter;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.record.RemovedRecords;
import dev.freshpyc.indexer.repair.write.EmptyDirectories;
import dev.freshpyc.indexer.repair.write.FileRemover;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Removes the files that the workers select. When the disk refuses to go on, the files that were removed before stay removed,
 * and the journal has all of them. Thread-safe.
 */
final class CleanRun implements RemovalCollector.Removals {

    private final Optional<RawPath> root;
    private final Journal journal;
    private final OutcomeTally tally;
    private final RemovedRecords indexed;
    private final InstallerRecords records;
    private final RecordChanges recordChanges = new RecordChanges();
    private volatile boolean anyRemoved;
    private volatile @Nullable IOException refusal;

    /**
     * A run that has not begun.
     *
     * @param indexed what the index says of the files
     * @param records which files stand in the records of package managers
     */
    CleanRun(
            Optional<RawPath> root,
            Journal journal,
            OutcomeTally tally,
            RemovedRecords indexed,
            InstallerRecords records) {
        this.root = root;
        this.journal = journal;
        this.tally = tally;
        this.indexed = indexed;
        this.records = records;
    }

    @Override
    public void take(List<Removal> files, List<Removal> caches) {
        if (refusal != null) {
            return;
        }
        try (FileRemover remover =
                        new FileRemover(root, journal, tally, indexed::of, this::removed, records::isPackaged);
                EmptyDirectories directories = new EmptyDirectories(root, tally)) {
            remover.remove(files);
            directories.remove(caches, journal);
        } catch (IOException refused) {
            refusal = refused;
        }
    }

    private void removed(FilePlace place) {
        anyRemoved = true;
        indexed.remove(place);
        recordChanges.add(place, records.updated(place), new LineChange.Removal());
    }

    /**
     * Brings RECORD files up to date and updates the index, once all files have been handed over.
     *
     * @param nowNanos in nanoseconds since 1970
     * @throws IOException when the disk refused to go on and no file was removed
     */
    void conclude(long nowNanos) throws IOException {
        IOException refused = refusal;
        if (!anyRemoved) {
            journal.abandon();
            if (refused != null) {
                throw refused;
            }
        }
        if (refused != null) {
            tally.addProblem("only part of the tree was cleaned: " + refused.getMessage());
        }
        new WheelRecordWriter(journal, tally, Durability.BATCH, /* mayBreakLinks= */ false).write(recordChanges);
        try {
            indexed.publish(nowNanos);
        } catch (IOException unwritten) {
            tally.addProblem("the index could not be updated after the clean: " + unwritten.getMessage());
        }
    }
}
