package dev.freshpyc.indexer.metadata;

import dev.freshpyc.core.metadata.EntryPointFile;
import dev.freshpyc.core.metadata.EntryPointFile.BadFileException;
import dev.freshpyc.core.metadata.EntryStamp;
import dev.freshpyc.core.metadata.PathEntryMetadata;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.file.UnusableIndexException.TooNew;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.host.HostFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** The distributions of path entries, kept in an index directory. Not thread-safe. */
public final class EntryPointCache {

    private final Optional<IndexDirectory> directory;
    private final Optional<IndexDirectory> shared;
    private final StoreEvents events;
    private final RacyWindow window;
    private final PathEntryReader entries;

    /**
     * A cache in a directory, which need not exist.
     *
     * @param place empty to keep nothing
     * @param common what root keeps for all users, to read only
     * @param window how old a path entry's last change has to be
     */
    public EntryPointCache(
            Optional<Path> place, Optional<Path> common, StoreEvents events, RacyWindow window, InstantSource clock) {
        this(place, common, events, window, HostFiles.readers(), clock);
    }

    /**
     * A cache of path entries that are read through {@code files}.
     *
     * @param files such as those of another root directory
     */
    public EntryPointCache(
            Optional<Path> place,
            Optional<Path> common,
            StoreEvents events,
            RacyWindow window,
            Supplier<? extends TreeReader> files,
            InstantSource clock) {
        this(place, common, events, window, new PathEntryReader(files, clock, PathEntryReader.MAX_DISTRIBUTIONS));
    }

    EntryPointCache(
            Optional<Path> place,
            Optional<Path> common,
            StoreEvents events,
            RacyWindow window,
            PathEntryReader entries) {
        this.directory = place.map(path -> new IndexDirectory(path, events));
        this.shared = common.map(path -> IndexDirectory.ofOthers(path, events));
        this.events = events;
        this.window = window;
        this.entries = entries;
    }

    /** How far the kept files are trusted. */
    public enum Belief {
        /** A kept file counts if the stamp of its path entry is equal: one stat for each entry. */
        STAT,
        /** A kept file counts: no look at the entry. */
        ASSUMED,
        /** No kept file counts: every entry is read, and what is kept is brought up to date. */
        NONE
    }

    /** The metadata in a path entry. */
    public PathEntryMetadata metadata(RawPath given, Belief belief) {
        RawPath entry = given.absolute();
        if (belief == Belief.ASSUMED) {
            Optional<EntryPointFile> assumed = kept(directory, entry).or(() -> kept(shared, entry));
            if (assumed.isPresent()) {
                return assumed.get().metadata();
            }
        }
        Optional<EntryPointFile> kept = belief == Belief.STAT
                ? PathEntryReader.stamp(entry)
                        .flatMap(stamp -> kept(directory, entry, stamp).or(() -> kept(shared, entry, stamp)))
                : Optional.empty();
        if (kept.isPresent()) {
            return kept.get().metadata();
        }
        MetadataReading reading = entries.read(entry);
        keep(reading);
        return reading.metadata();
    }

    PathEntryReader reader() {
        return entries;
    }

    /** Keeps what was read, unless the entry changed meanwhile or so recently that a later change could leave its stamp equal. */
    void keep(MetadataReading reading) {
        reading.stamp()
                .filter(stamp -> !window.coversAny(stamp.toFileStamp(), reading.takenAtNanos()))
                .ifPresent(stamp -> keep(new EntryPointFile(reading.entry(), stamp, reading.metadata())));
    }

    private static Optional<EntryPointFile> kept(Optional<IndexDirectory> place, RawPath entry, EntryStamp stamp) {
        return kept(place, entry).filter(kept -> kept.stamp().equals(stamp));
    }

    private static Optional<EntryPointFile> kept(Optional<IndexDirectory> place, RawPath entry) {
        if (place.isEmpty()) {
            return Optional.empty();
        }
        try {
            IndexDirectory files = place.get();
            return files.read(files.entryPoints(entry), EntryPointCache::decode)
                    .filter(kept -> kept.path().equals(entry));
        } catch (IOException _) {
            return Optional.empty(); // as good as absent: the entry is read
        }
    }

    private static EntryPointFile decode(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(EntryPointFile.MAX_SIZE * 2);
        }
        try {
            return EntryPointFile.decode(bytes);
        } catch (BadFileException bad) {
            throw bad.isNewer()
                    ? new TooNew(file, bad.expected(), bad.found())
                    : new Corrupt(file, bad.expected(), bad.found());
        }
    }

    /** Publishes a file unless an equal one is there. Failures are ignored, since the next call reads the entry again. */
    private void keep(EntryPointFile fresh) {
        if (directory.isEmpty()) {
            return;
        }
        Optional<byte[]> bytes = fresh.encode();
        if (bytes.isEmpty()) {
            events.notKept(
                    fresh.path(), "its texts have a NUL or need more than " + EntryPointFile.MAX_SIZE + " bytes");
            return;
        }
        try {
            Path file = directory.get().entryPoints(fresh.path());
            Optional<EntryPointFile> old = directory.get().readToReplace(file, EntryPointCache::decode);
            if (!old.equals(Optional.of(fresh))) {
                directory.get().publishQuickly(file, bytes.get());
            }
        } catch (IOException _) {
            // The directory cannot be written to, or a newer freshpyc has written the file.
        }
    }
}
