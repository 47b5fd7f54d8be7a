package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.host.HostFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The snapshots of one path entry, as a command lists them.
 *
 * @param rows the oldest first
 */
public record SnapshotListing(RawPath entry, List<ListedSnapshot> rows) {

    public SnapshotListing {
        rows = List.copyOf(rows);
    }

    /**
     * One snapshot.
     *
     * @param isDefault whether a rollback without a name goes back to this snapshot
     * @param createdAtNanos in nanoseconds since 1970
     * @param base the default snapshot when this one was made; empty for none
     */
    public record ListedSnapshot(
            SnapshotName name,
            boolean isDefault,
            long createdAtNanos,
            Optional<SnapshotName> base,
            KeptCount kept,
            SnapshotRoom room) {}

    /** Reads the snapshots of an entry. */
    public static SnapshotListing of(IndexDirectory indexes, RawPath entry) throws IOException {
        SnapshotDirectory snapshots = new SnapshotDirectory(indexes, entry);
        Optional<SnapshotName> chosen = snapshots.defaultName();
        List<ListedSnapshot> rows = new ArrayList<>();
        try (TreeWriter editor = HostFiles.newWriter()) {
            for (SnapshotName name : snapshots.names()) {
                Path directory = snapshots.of(name);
                SnapshotFacts facts = SnapshotFacts.readFrom(directory);
                rows.add(new ListedSnapshot(
                        name,
                        chosen.equals(Optional.of(name)),
                        facts.createdAtNanos(),
                        facts.base(),
                        facts.kept(),
                        SnapshotRoom.of(directory, editor)));
            }
        }
        rows.sort(Comparator.comparingLong(ListedSnapshot::createdAtNanos).thenComparing(ListedSnapshot::name));
        return new SnapshotListing(entry, rows);
    }
}
