package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.manifest.RecordEdit.LineChange;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import dev.freshpyc.indexer.repair.installer.InstallerRecords;
import dev.freshpyc.indexer.repair.installer.RecordChanges;
import dev.freshpyc.indexer.repair.installer.WheelRecordWriter;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.plan.PlanBatch;
import dev.freshpyc.indexer.repair.plan.PlanBatches;
import dev.freshpyc.indexer.repair.plan.RepairPlan;
import dev.freshpyc.indexer.repair.record.IndexUpdate;
import dev.freshpyc.indexer.repair.write.DiskSync;
import dev.freshpyc.indexer.repair.write.Recompiler;
import dev.freshpyc.indexer.repair.write.RepairTransaction;
import dev.freshpyc.indexer.repair.write.SourceTimeSetter;
import dev.freshpyc.indexer.repair.write.WriterPool;
import dev.freshpyc.indexer.repair.write.WrittenChange;
import dev.freshpyc.indexer.repair.write.WrittenContent;
import dev.freshpyc.indexer.repair.write.WrittenFileSystems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Writes a plan batch by batch. When the disk is full, a plan of one batch is not written at all; of a larger plan, the batches that
 * were written stay, and the journal lists all of them.
 */
final class RepairRun {

    private final RepairOptions options;
    private final WriterPool writers;
    private final Journal journal;
    private final OutcomeTally tally;
    private final InstallerRecords records;
    private final RecordChanges recordChanges = new RecordChanges();
    private final WrittenFileSystems fileSystems;
    private final IndexUpdate index;
    private boolean anyWritten;
    private boolean indexRefused;

    RepairRun(
            RepairOptions options,
            WriterPool writers,
            Journal journal,
            OutcomeTally tally,
            InstallerRecords records,
            WrittenFileSystems fileSystems,
            IndexUpdate index) {
        this.options = options;
        this.writers = writers;
        this.journal = journal;
        this.tally = tally;
        this.records = records;
        this.fileSystems = fileSystems;
        this.index = index;
    }

    /**
     * Writes all pycs of a plan.
     *
     * @throws IOException when none was written
     */
    void writeAll(RepairPlan plan, Recompiler recompiler) throws IOException, InterruptedException {
        PlanBatches batches = plan.batches();
        try {
            for (Optional<PlanBatch> next = batches.next(); next.isPresent(); next = batches.next()) {
                if (!write(next.get(), recompiler)) {
                    return;
                }
            }
        } catch (IOException refused) {
            if (!anyWritten) {
                journal.abandon();
                throw refused;
            }
            tally.addProblem("only part of the tree was repaired: " + refused.getMessage());
        } catch (InterruptedException | RuntimeException broken) {
            if (!anyWritten) {
                journal.abandon();
            }
            throw broken;
        }
    }

    /** Writes a batch; false where the disk refused a file, so that no further batch can be written. */
    private boolean write(PlanBatch batch, Recompiler recompiler) throws IOException, InterruptedException {
        batch.left().forEach(tally::add);
        RepairTransaction transaction =
                new RepairTransaction(options, writers, journal, tally, records::isPackaged, fileSystems);
        List<WrittenChange> right = new ArrayList<>(transaction.run(batch, recompiler));
        anyWritten |= !right.isEmpty();
        List<WrittenChange> confirmed = recompiler.takeConfirmed();
        noteRecords(right, (place, _) -> records.updated(place));
        noteRecords(confirmed, (place, content) -> records.updated(place, content.digest()));
        right.addAll(confirmed);
        batch.setRight(right.stream().map(written -> written.change().place()).toList());
        tellIndex(() -> index.addChanges(right));
        return !transaction.isStopped();
    }

    /** Sets the mtimes of the sources whose pycs have their final bytes. */
    void setTimes(RepairPlan plan) throws InterruptedException {
        SourceTimeSetter setter = new SourceTimeSetter(writers, journal, tally, options.durability());
        try {
            plan.forEachReadyTime(times -> {
                List<SourceTimeChange> made = setter.set(times);
                tellIndex(() -> index.addTimes(made));
            });
        } catch (IOException unreadable) {
            tally.addProblem("not all sources got their new mtime: " + unreadable.getMessage());
        }
    }

    /** Notes which lines of RECORD files must change for pycs that were written, or were compiled and found equal. */
    private void noteRecords(
            List<WrittenChange> right, BiFunction<FilePlace, WrittenContent, Collection<RawPath>> listing)
            throws IOException, InterruptedException {
        List<FilePlace> places = right.stream()
                .map(written -> written.change().place())
                .filter(place -> !records.updated(place).isEmpty())
                .toList();
        writers.forEach(
                places,
                (writer, place) -> WrittenContent.of(writer, place, tally)
                        .ifPresent(content -> recordChanges.add(
                                place,
                                listing.apply(place, content),
                                new LineChange.Content(content.digest(), content.size()))));
    }

    /** Brings the RECORD files of the changed pycs up to date. */
    void updateRecords() {
        boolean mayBreakLinks = options.hardLinks() == HardLinks.BREAK;
        new WheelRecordWriter(journal, tally, options.durability(), mayBreakLinks).write(recordChanges);
    }

    /** Waits for the disk and updates the index, side by side. */
    void conclude() throws InterruptedException {
        DiskSync sync = new DiskSync(writers, tally, fileSystems);
        Thread syncing = Thread.ofPlatform().name("sync").start(() -> sync(sync));
        try {
            tellIndex(index::publish);
        } finally {
            syncing.join();
        }
    }

    private interface IndexStep {
        void run() throws IOException, InterruptedException;
    }

    /** Runs a step unless an earlier one failed: the index then stays as it is, and the next run finds the written files. */
    private void tellIndex(IndexStep step) throws InterruptedException {
        if (indexRefused) {
            return;
        }
        try {
            step.run();
        } catch (IOException refused) {
            indexRefused = true;
            tally.addProblem("the index could not be updated after the repair: " + refused.getMessage());
        }
    }

    /**
     * Waits until everything is on the disk. The index may be published before: it describes the files as they are, and a file
     * that a crash takes back has another stamp, so that the file is read again.
     */
    private void sync(DiskSync sync) {
        if (options.durability() == Durability.NONE) {
            return;
        }
        try {
            sync.syncAll();
        } catch (IOException refused) {
            tally.addProblem("the files were written but could not be forced to disk ("
                    + RawPath.of(String.valueOf(refused.getMessage())).shown()
                    + "): after a crash, run the repair again");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
