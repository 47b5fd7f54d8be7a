package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.file.FileTreeRemoval;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;

/** Makes a snapshot of the index of a path entry, and of the pycs that the index describes. */
public final class SnapshotSave {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final IndexDirectory indexes;
    private final RoomLimit limit;
    private final Durability durability;
    private final InstantSource clock;

    /**
     * A way to save snapshots.
     *
     * @param indexes has the indexes, and gets the snapshots
     */
    public SnapshotSave(IndexDirectory indexes, RoomLimit limit, Durability durability, InstantSource clock) {
        this.indexes = indexes;
        this.limit = limit;
        this.durability = durability;
        this.clock = clock;
    }

    /**
     * Saves a snapshot, which becomes the default.
     *
     * @param entry the path entry, absolute and without links, which is also the name of its index; the index must be up to date
     * @throws SnapshotException when a snapshot has the name already, when there is no index, or when the snapshot would take too much
     *     room
     */
    public SaveResult save(RawPath entry, SnapshotName name) throws IOException {
        SnapshotDirectory snapshots = new SnapshotDirectory(indexes, entry);
        if (!Files.exists(indexes.file(entry))) { // before the lock, since the lock makes a directory
            throw new SnapshotException(entry.shown() + ": there is no index, so there is nothing to save");
        }
        try (SnapshotLock _ = snapshots.lock()) {
            return save(snapshots, name);
        }
    }

    /** Saves {@code postinit} unless it exists, or another run changes snapshots; empty where nothing was saved. */
    public Optional<SaveResult> saveFirst(RawPath entry) throws IOException {
        SnapshotDirectory snapshots = new SnapshotDirectory(indexes, entry);
        if (limit.bytes() == 0 || snapshots.has(SnapshotName.POSTINIT)) {
            return Optional.empty();
        }
        Optional<SnapshotLock> lock = snapshots.tryLock();
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try (SnapshotLock _ = lock.get()) {
            return snapshots.has(SnapshotName.POSTINIT)
                    ? Optional.empty()
                    : Optional.of(save(snapshots, SnapshotName.POSTINIT));
        }
    }

    private SaveResult save(SnapshotDirectory snapshots, SnapshotName name) throws IOException {
        if (snapshots.has(name)) {
            throw new SnapshotException(SnapshotDirectory.alreadyThere(snapshots.entry(), name));
        }
        Path pending = snapshots.newPending();
        try (TreeWriter editor = HostFiles.newWriter()) {
            long used = SnapshotRoom.ofAll(snapshots.all(), editor);
            limit.require(used);
            SaveResult result = fill(pending, snapshots, used, editor);
            publish(pending, snapshots, name, editor);
            return result;
        } catch (IOException | RuntimeException failed) {
            if (Files.exists(pending)) {
                FileTreeRemoval.remove(pending);
            }
            throw failed;
        }
    }

    private SaveResult fill(Path pending, SnapshotDirectory snapshots, long used, TreeWriter editor)
            throws IOException {
        Files.createDirectory(
                Snapshot.filesIn(pending),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        linkIndex(snapshots.entry(), pending, editor);
        Optional<SnapshotName> base = snapshots.defaultName();
        CopyRoom copies = new CopyRoom();
        PycKeeper keeper = new PycKeeper(editor, used, limit, copies);
        try (Snapshot made = Snapshot.open(pending, snapshots.entry(), editor);
                EarlierSnapshot earlier = EarlierSnapshot.open(base.map(snapshots::of), snapshots.entry(), editor);
                KeptTree tree = new KeptTree(snapshots.entry(), editor)) {
            if (base.isEmpty()) { // no file can be shared, so the room is known before a file is copied
                addRecorded(made.index(), copies);
                limit.require(used + copies.bytes());
            }
            made.index().forEach((source, record) -> {
                try {
                    keeper.keep(source, record, tree, earlier, made.files());
                } catch (IOException refused) {
                    throw new UncheckedIOException(refused);
                }
            });
        } catch (UncheckedIOException refused) {
            throw refused.getCause();
        }
        SaveResult result = keeper.result();
        new SnapshotFacts(clock.millis() * NANOS_PER_MILLI, base, result.kept(), result.leftCount()).writeTo(pending);
        return result;
    }

    /** Adds all pycs of an index. The size of a pyc without a settled stamp is not known. */
    private static void addRecorded(Generation index, CopyRoom copies) {
        index.forEach((_, record) ->
                record.pycs().forEach(pyc -> copies.add(Math.max(0, pyc.stamp().size()))));
    }

    /** Gives the files of the live index a further name, or copies them where the file system has no links. */
    private void linkIndex(RawPath entry, Path pending, TreeWriter editor) throws IOException {
        try (OpenFile to = editor.openRoot(Snapshot.canonical(pending))) {
            for (Path file : indexes.indexFiles(entry)) {
                RawPath name = RawPath.of(String.valueOf(file.getFileName()));
                RawPath directory = CanonicalPath.of(JavaPath.toRaw(file.resolveSibling("")));
                try (OpenFile from = editor.openRoot(directory)) {
                    editor.link(from, name, to, name);
                } catch (SystemCallException noLinks) {
                    Files.copy(file, pending.resolve(file.getFileName()));
                }
            }
        }
    }

    private void publish(Path pending, SnapshotDirectory snapshots, SnapshotName name, TreeWriter editor)
            throws IOException {
        if (durability != Durability.NONE) {
            force(pending, editor, true);
        }
        snapshots.publish(pending, name);
        snapshots.choose(name);
        if (durability != Durability.NONE) {
            force(snapshots.of(name).resolveSibling(""), editor, false);
        }
    }

    private static void force(Path directory, TreeWriter editor, boolean all) throws IOException {
        try (OpenFile open = editor.openRoot(Snapshot.canonical(directory))) {
            if (all) {
                editor.forceFileSystem(open);
            } else {
                editor.force(open);
            }
        }
    }
}
