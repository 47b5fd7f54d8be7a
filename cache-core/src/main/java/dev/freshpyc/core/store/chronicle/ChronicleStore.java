package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.Generation.Found;
import dev.freshpyc.core.store.Generation.Seals;
import dev.freshpyc.core.store.Generation.Verification;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.core.store.file.UnusableIndexException.TooOld;
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

    private final IndexDirectory directory;

    /** Loads the library in a separate thread, for a caller that will open an index soon. */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("library").start(OffHeapMap::load);
    }

    public ChronicleStore(Path directory, StoreEvents events) {
        this.directory = new IndexDirectory(directory, events);
    }

    @Override
    public Optional<Generation> open(RawPath entry) throws IOException {
        return load(entry).map(ChronicleGeneration::new);
    }

    @Override
    public Optional<Found> find(RawPath entry, Collection<RawPath> sources) throws IOException {
        return directory.read(directory.file(entry), file -> {
            Found found = IndexFile.find(file, entry, sources);
            return new Found(checked(file, found.info()), found.records());
        });
    }

    @Override
    public Draft draft(RawPath entry) throws IOException {
        IndexHeader.requireEncodable(entry);
        directory.deleteLeftovers();
        return new ChronicleDraft(this, entry, load(entry));
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
        IndexInfo info = readInfo(file);
        IndexHeader.requireAbout(file, entry, info);
        return info;
    }

    @Override
    public Optional<Seals> seals(RawPath entry) throws IOException {
        return directory.read(directory.file(entry), file -> checked(file, IndexFile.readSeals(file, entry)));
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
            } catch (IOException _) {
                // The file is unusable, unreadable or deleted. Opening the index reports the cause.
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
            } catch (TooOld | NoSuchFileException _) {
                // The next refresh replaces an older file; a file that is gone has been removed meanwhile.
            } catch (IOException _) {
                damaged.add(file);
            }
        }
        damaged.sort(Comparator.naturalOrder());
        return damaged;
    }

    @Override
    public Optional<Verification> verify(RawPath entry) throws IOException {
        Optional<LoadedIndex> loaded = load(entry);
        if (loaded.isEmpty()) {
            return Optional.empty();
        }
        try (ChronicleGeneration generation = new ChronicleGeneration(loaded.get())) {
            return Optional.of(generation.verify());
        }
    }

    @Override
    public void remove(RawPath entry) throws IOException {
        directory.remove(directory.file(entry));
    }

    boolean publish(RawPath entry, NextGeneration next) throws IOException {
        return directory.publish(directory.file(entry), next);
    }

    private Optional<LoadedIndex> load(RawPath entry) throws IOException {
        return directory.read(directory.file(entry), file -> {
            LoadedIndex loaded = IndexFile.read(file, entry);
            return new LoadedIndex(checked(file, loaded.info()), loaded.seals(), loaded.map());
        });
    }

    private IndexInfo readInfo(Path file) throws IOException {
        return checked(file, IndexFile.readInfo(file));
    }

    private Seals checked(Path file, Seals seals) throws IOException {
        return new Seals(checked(file, seals.info()), seals.directories());
    }

    private IndexInfo checked(Path file, IndexInfo info) throws IOException {
        return info.checkedAt(directory.checkedAt(file, info.token(), info.checkedAtNanos()));
    }
}
