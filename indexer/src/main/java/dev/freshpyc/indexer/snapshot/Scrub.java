package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Removes everything that freshpyc keeps for a path entry: its snapshots, its index, its entry points, and the journals of runs that
 * changed this entry alone. Data about contents and not about paths stays, such as proofs.
 */
public final class Scrub {

    private final IndexDirectory indexes;
    private final IndexStore store;
    private final JournalDirectory journals;

    public Scrub(IndexDirectory indexes, IndexStore store, JournalDirectory journals) {
        this.indexes = indexes;
        this.store = store;
        this.journals = journals;
    }

    /**
     * The counts of a removal.
     *
     * @param snapshots how many snapshots were removed
     * @param journals how many journals were removed
     * @param hasSharedJournals whether journals stay, since their runs changed other trees too
     */
    public record ScrubResult(int snapshots, int journals, boolean hasSharedJournals) {}

    /** Removes everything of one entry. */
    public ScrubResult run(RawPath entry) throws IOException {
        SnapshotDirectory snapshots = new SnapshotDirectory(indexes, entry);
        int count = snapshots.isThere() ? removeAll(snapshots) : 0;
        store.remove(entry);
        Files.deleteIfExists(indexes.entryPoints(entry));
        int removed = journals.discardWithin(List.of(entry));
        return new ScrubResult(
                count, removed, journals.lastBelow(List.of(entry)).isPresent());
    }

    private static int removeAll(SnapshotDirectory snapshots) throws IOException {
        try (SnapshotLock _ = snapshots.lock()) {
            int count = snapshots.names().size();
            snapshots.removeAll();
            return count;
        }
    }
}
