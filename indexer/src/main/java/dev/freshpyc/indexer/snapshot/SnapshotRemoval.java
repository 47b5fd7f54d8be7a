package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.core.text.ShellWord;
import java.io.IOException;

/** Removes single snapshots. */
public final class SnapshotRemoval {

    private final IndexDirectory indexes;

    public SnapshotRemoval(IndexDirectory indexes) {
        this.indexes = indexes;
    }

    /**
     * Removes a snapshot. Where it was the default, {@code postinit} becomes the default.
     *
     * @throws SnapshotException when no snapshot has the name, or when the name is {@code postinit}
     */
    public void remove(RawPath entry, SnapshotName name) throws IOException {
        if (name.equals(SnapshotName.POSTINIT)) {
            throw new SnapshotException(entry.shown() + ": the snapshot " + name + " stays: 'freshpyc snapshot scrub "
                    + ShellWord.ofPath(entry) + "' removes everything that is kept for the entry");
        }
        SnapshotDirectory snapshots = new SnapshotDirectory(indexes, entry);
        snapshots.existing(name);
        try (SnapshotLock _ = snapshots.lock()) {
            snapshots.remove(name);
        }
    }
}
