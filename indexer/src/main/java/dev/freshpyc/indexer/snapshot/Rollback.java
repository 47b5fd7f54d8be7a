package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Goes back to a snapshot: restores the pycs that were changed or removed since, as far as {@link PutBackRule} allows, and their
 * records in the index. Pycs that were made since stay: no snapshot knows anything about them.
 *
 * <p>A rollback that is killed can be run again: each pyc has its old or its new bytes, and the index is published last.
 */
public final class Rollback {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final IndexDirectory indexes;
    private final IndexStore store;
    private final JournalDirectory journals;
    private final Durability durability;
    private final InstantSource clock;
    private final Optional<RawPath> root;

    /**
     * A way to go back to snapshots.
     *
     * @param indexes has the snapshots
     * @param store has the live indexes, in the same directory
     * @param journals gets a journal while files are restored; if this run is killed, a later run cleans up by the
     *     journal
     * @param root the root directory of the system that the trees belong to; empty for this system
     */
    public Rollback(
            IndexDirectory indexes,
            IndexStore store,
            JournalDirectory journals,
            Durability durability,
            InstantSource clock,
            Optional<RawPath> root) {
        this.indexes = indexes;
        this.store = store;
        this.journals = journals;
        this.durability = durability;
        this.clock = clock;
        this.root = root;
    }

    /**
     * Goes back to a snapshot, which becomes the default.
     *
     * @param entry the path entry, absolute and without links
     * @param name empty for the default snapshot
     * @param outcomes gets the outcome of each pyc of the snapshot
     * @throws SnapshotException when there is no such snapshot
     */
    public RollbackSummary run(RawPath entry, Optional<SnapshotName> name, Consumer<Outcome> outcomes)
            throws IOException {
        SnapshotDirectory snapshots = new SnapshotDirectory(indexes, entry);
        SnapshotName wanted = wanted(snapshots, name);
        snapshots.existing(wanted); // fails before the lock makes a directory
        try (SnapshotLock _ = snapshots.lock()) {
            Path directory = snapshots.existing(wanted);
            RollbackTally tally = new RollbackTally(entry, outcomes);
            try (RolledBackRecords records = new RolledBackRecords(store.draft(entry));
                    OldFiles files = new OldFiles(journals, durability, tally, records)) {
                compare(directory, entry, Optional.of(files), tally, records);
                files.finish();
                records.publish(clock.millis() * NANOS_PER_MILLI);
            }
            snapshots.choose(wanted);
            return tally.summary();
        }
    }

    /** Reports what {@link #run} would do; changes nothing. */
    public RollbackSummary plan(RawPath entry, Optional<SnapshotName> name, Consumer<Outcome> outcomes)
            throws IOException {
        SnapshotDirectory snapshots = new SnapshotDirectory(indexes, entry);
        Path directory = snapshots.existing(wanted(snapshots, name));
        RollbackTally tally = new RollbackTally(entry, outcomes);
        try (RolledBackRecords records = new RolledBackRecords(store.draft(entry))) {
            compare(directory, entry, Optional.empty(), tally, records);
        }
        return tally.summary();
    }

    private static SnapshotName wanted(SnapshotDirectory snapshots, Optional<SnapshotName> name) throws IOException {
        return name.isPresent() ? name.get() : snapshots.defaultName().orElse(SnapshotName.POSTINIT);
    }

    /** @param files restores pycs; empty for a plan */
    private void compare(
            Path directory, RawPath entry, Optional<OldFiles> files, RollbackTally tally, RolledBackRecords records)
            throws IOException {
        try (TreeWriter editor = HostFiles.newWriter();
                Snapshot snapshot = Snapshot.open(directory, entry, editor);
                KeptTree pycs = new KeptTree(entry, editor);
                KeptTree sources = new KeptTree(entry, editor)) {
            SnapshotComparison comparison = new SnapshotComparison(
                    editor, snapshot, pycs, new SourceNow(sources, editor, root), files, tally, records);
            snapshot.index().forEach((source, then) -> {
                try {
                    comparison.see(source, then);
                } catch (IOException refused) {
                    throw new UncheckedIOException(refused);
                }
            });
        } catch (UncheckedIOException refused) {
            throw refused.getCause();
        }
    }
}
