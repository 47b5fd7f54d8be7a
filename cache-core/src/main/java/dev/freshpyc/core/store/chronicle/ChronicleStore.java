package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.record.codec.BadRecordException;
import dev.freshpyc.core.record.codec.SealCodec;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.Generation.FoundRecords;
import dev.freshpyc.core.store.Generation.IndexVerification;
import dev.freshpyc.core.store.Generation.Seals;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.file.DamageReport;
import dev.freshpyc.core.store.file.Forcing;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.core.store.file.UnusableIndexException;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.file.UnusableIndexException.TooNew;
import dev.freshpyc.core.store.file.UnusableIndexException.TooOld;
import dev.freshpyc.core.store.table.IndexHeader;
import dev.freshpyc.core.store.table.OpenIndex;
import dev.freshpyc.core.store.table.SealedIndexFile;
import dev.freshpyc.core.store.table.TableGeneration;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Indexes in the files of one directory, which the first publication creates. */
public final class ChronicleStore implements IndexStore {

    /** A token that no index file has: no overlay belongs to it. */
    private static final long NO_OVERLAY = 0;

    private final IndexDirectory directory;
    private final DraftLimits limits;

    /**
     * When drafts use files beside the index.
     *
     * @param changesInMemory bytes of changed records that a draft keeps off the heap; more are written to a temporary file
     * @param smallestFile bytes of an index file that is worth an overlay; a smaller one is written anew
     * @param overlayShare an overlay is merged into its index file when it would be longer than this part of the file
     */
    record DraftLimits(long changesInMemory, long smallestFile, int overlayShare) {

        static final DraftLimits DEFAULT = new DraftLimits(ChangedRecords.IN_MEMORY, 4 << 20, 8);
    }

    public ChronicleStore(Path directory, StoreEvents events) {
        this(directory, events, DraftLimits.DEFAULT);
    }

    /** Indexes whose publications wait for the disk or not. */
    public ChronicleStore(Path directory, StoreEvents events, Forcing forcing) {
        this(new IndexDirectory(directory, events, forcing), DraftLimits.DEFAULT);
    }

    ChronicleStore(Path directory, StoreEvents events, DraftLimits limits) {
        this(new IndexDirectory(directory, events), limits);
    }

    /** Indexes that {@linkplain IndexDirectory#ofOthers others} make; the caller only reads them. */
    public static ChronicleStore ofOthers(Path directory, StoreEvents events) {
        return new ChronicleStore(IndexDirectory.ofOthers(directory, events), DraftLimits.DEFAULT);
    }

    private ChronicleStore(IndexDirectory directory, DraftLimits limits) {
        this.directory = directory;
        this.limits = limits;
    }

    /** An index file that was opened, and the report of damage in it. */
    private record Opened(OpenIndex index, IndexInfo info, DamageReport damage) {}

    @Override
    public Optional<Generation> open(RawPath entry) throws IOException {
        return directory.read(directory.file(entry), file -> {
            Opened opened = opened(file, entry);
            return new TableGeneration(opened.info, opened.index, opened.damage);
        });
    }

    @Override
    public Optional<FoundRecords> find(RawPath entry, Collection<RawPath> sources) throws IOException {
        try {
            return IndexStore.super.find(entry, sources);
        } catch (UnusableIndexException damage) {
            return Optional.empty(); // it was reported
        }
    }

    @Override
    public Draft draft(RawPath entry) throws IOException {
        IndexHeader.requireEncodable(entry);
        directory.deleteLeftovers();
        Path file = directory.file(entry);
        ChangedRecords changes = new ChangedRecords(
                limits.changesInMemory, entries -> SpilledChanges.write(file, directory.temporary(file), entries));
        Optional<ChronicleDraft> over = directory.read(file, live -> draft(opened(live, entry), entry, changes));
        if (over.isPresent()) {
            return over.get();
        }
        return new ChronicleDraft(
                this,
                entry,
                Optional.empty(),
                Optional.empty(),
                unreadable -> unreadable,
                EncodedSeals.none(),
                changes);
    }

    private ChronicleDraft draft(Opened opened, RawPath entry, ChangedRecords changes) throws IOException {
        try {
            return new ChronicleDraft(
                    this,
                    entry,
                    Optional.of(opened.index),
                    Optional.of(opened.info),
                    opened.damage,
                    new EncodedSeals(opened.index.seals()),
                    changes);
        } catch (IOException unusable) {
            opened.index.close();
            throw unusable;
        }
    }

    @Override
    public Optional<IndexInfo> info(RawPath entry) throws IOException {
        return directory.read(directory.file(entry), file -> readInfo(file, entry));
    }

    /**
     * Like {@link #info}, for a writer: throws an exception if a newer freshpyc wrote the index, which must not be replaced.
     */
    Optional<IndexInfo> infoToReplace(RawPath entry) throws IOException {
        return directory.readToReplace(directory.file(entry), file -> readInfo(file, entry));
    }

    private IndexInfo readInfo(Path file, RawPath entry) throws IOException {
        try (OpenIndex index = openIndex(file, entry)) {
            return checked(file, index.info());
        }
    }

    @Override
    public Optional<Seals> seals(RawPath entry) throws IOException {
        return directory.read(directory.file(entry), file -> {
            try (OpenIndex index = openIndex(file, entry)) {
                return new Seals(checked(file, index.info()), SealCodec.decode(index.seals()));
            } catch (BadRecordException bad) {
                throw new Corrupt(file, "seals", String.valueOf(bad.getMessage()));
            }
        });
    }

    @Override
    public Optional<RecordedVerdicts> verdicts(RawPath entry) throws IOException {
        return directory.read(directory.file(entry), file -> {
            try (OpenIndex index = openIndex(file, entry)) {
                return index.verdicts();
            }
        });
    }

    @Override
    public void confirm(IndexInfo state, long checkedAtNanos) throws IOException {
        directory.confirm(directory.file(state.entry()), state.token(), checkedAtNanos);
    }

    @Override
    public List<IndexInfo> list() throws IOException {
        List<IndexInfo> all = new ArrayList<>();
        for (Path file : directory.live()) {
            try {
                all.add(readInfo(file));
            } catch (TooNew newer) {
                directory.ignore(file, newer);
            } catch (IOException _) {
                // The file is damaged, unreadable, too old or deleted. Opening the index reports the cause.
            }
        }
        return all;
    }

    @Override
    public List<Path> damaged() throws IOException {
        List<Path> damaged = new ArrayList<>(directory.setAside());
        for (Path file : directory.live()) {
            try {
                readInfo(file);
            } catch (TooOld | TooNew | NoSuchFileException _) {
                // The next refresh replaces an older file, list reports a newer one, and a file that is gone has been
                // removed meanwhile.
            } catch (IOException _) {
                damaged.add(file);
            }
        }
        damaged.sort(Comparator.naturalOrder());
        return damaged;
    }

    @Override
    public Optional<IndexVerification> verify(RawPath entry) throws IOException {
        return directory.read(directory.file(entry), file -> {
            try (OpenIndex index = openIndex(file, entry)) {
                IndexInfo info = checked(file, index.info());
                return new TableGeneration(info, index, unreadable -> unreadable).verify();
            }
        });
    }

    @Override
    public void remove(RawPath entry) throws IOException {
        directory.remove(directory.file(entry));
    }

    /**
     * Writes an entry's index with stamps that survive a copy of the tree.
     *
     * @param target the store that gets the index
     * @param inCopy the path of the entry in the copy
     * @param sealedAtNanos nanoseconds since 1970
     * @return whether the entry has an index here
     */
    public boolean seal(RawPath entry, ChronicleStore target, RawPath inCopy, long sealedAtNanos) throws IOException {
        IndexHeader.requireEncodable(inCopy);
        Optional<Boolean> sealed = directory.read(directory.file(entry), file -> {
            try (OpenIndex index = openIndex(file, entry)) {
                target.replaceBySealed(inCopy, new SealedIndexFile(inCopy, index.cursor(), sealedAtNanos));
                return true;
            }
        });
        return sealed.isPresent();
    }

    private void replaceBySealed(RawPath entry, SealedIndexFile sealed) throws IOException {
        Path file = directory.file(entry);
        infoToReplace(entry);
        directory.publish(file, sealed);
        directory.deleteOverlays(file, NO_OVERLAY);
    }

    /** Replaces the index file; false when the next generation was refused. */
    boolean publish(RawPath entry, NextGeneration next) throws IOException {
        Path file = directory.file(entry);
        boolean published = directory.publish(file, next);
        if (published) {
            directory.deleteOverlays(file, next.info().token());
        }
        return published;
    }

    /** Replaces the overlay above the index file with a token; false when the next generation was refused. */
    boolean publishOverlay(RawPath entry, long token, NextGeneration next) throws IOException {
        return directory.publish(directory.overlay(directory.file(entry), token), next);
    }

    /** Whether changes of {@code bytes} go to an overlay above a file of {@code fileBytes}. */
    boolean isOverlay(long bytes, long fileBytes) {
        return fileBytes >= limits.smallestFile && bytes <= fileBytes / limits.overlayShare;
    }

    private Opened opened(Path file, RawPath entry) throws IOException {
        DamageReport damage = directory.damageReport(file);
        OpenIndex index = openIndex(file, entry);
        try {
            return new Opened(index, checked(file, index.info()), damage);
        } catch (IOException unreadable) {
            index.close();
            throw unreadable;
        }
    }

    private OpenIndex openIndex(Path file, RawPath entry) throws IOException {
        return OpenIndex.open(file, entry, token -> directory.overlay(file, token));
    }

    private IndexInfo readInfo(Path file) throws IOException {
        try (OpenIndex index = OpenIndex.open(file, token -> directory.overlay(file, token))) {
            return checked(file, index.info());
        }
    }

    private IndexInfo checked(Path file, IndexInfo info) throws IOException {
        return info.checkedAt(directory.checkedAt(file, info.token(), info.checkedAtNanos()));
    }
}
