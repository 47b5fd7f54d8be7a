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
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The distributions of path entries, kept in an index directory. Not thread-safe. */
public final class EntryPointCache {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Optional<IndexDirectory> directory;
    private final Optional<IndexDirectory> shared;
    private final RacyWindow window;
    private final InstantSource clock;
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
        this(place, common, events, window, clock, new PathEntryReader());
    }

    EntryPointCache(
            Optional<Path> place,
            Optional<Path> common,
            StoreEvents events,
            RacyWindow window,
            InstantSource clock,
            PathEntryReader entries) {
        this.directory = place.map(path -> new IndexDirectory(path, events));
        this.shared = common.map(path -> new IndexDirectory(path, events));
        this.window = window;
        this.clock = clock;
        this.entries = entries;
    }

    /** How far the kept files are believed. */
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
        Instant now = clock.instant();
        long taken = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
        Optional<EntryStamp> stamp = entries.stamp(entry);
        if (belief != Belief.NONE && stamp.isPresent()) {
            Optional<EntryPointFile> kept =
                    kept(directory, entry, stamp.get()).or(() -> kept(shared, entry, stamp.get()));
            if (kept.isPresent()) {
                return kept.get().metadata();
            }
        }
        PathEntryMetadata read = entries.read(entry);
        if (stamp.isPresent()
                && !window.coversAny(stamp.get().toFileStamp(), taken)
                && stamp.equals(entries.stamp(entry))) {
            keep(new EntryPointFile(entry, stamp.get(), read));
        }
        return read;
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
        Optional<byte[]> bytes = directory.isEmpty() ? Optional.empty() : fresh.encode();
        if (bytes.isEmpty()) {
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
