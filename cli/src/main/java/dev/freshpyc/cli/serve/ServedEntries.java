package dev.freshpyc.cli.serve;

import dev.freshpyc.core.lookup.IndexLookup;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation.FoundRecords;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.judge.VerdictCounts;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * The entries that the service answers for, and their indexes. An index stays open from request to request. A request searches for a
 * newer generation when the last search was 0.1 s ago. Links in the paths of the entries are followed when {@link #follow} is called.
 * Thread-safe.
 */
public final class ServedEntries implements AutoCloseable {

    private final IndexStore store;
    private final Collection<PathEntry> entries;
    private final ScanOptions scan;
    private final LongSupplier nanoTime;
    private final List<FollowedIndex> retired = new ArrayList<>();
    private volatile Places places = new Places(Set.of(), Map.of(), Map.of());

    /**
     * Where the entries lead.
     *
     * @param roots the paths inside which the service answers
     * @param indexes the indexes by their names
     * @param keys the names of the indexes by the paths of their entries
     */
    private record Places(Set<RawPath> roots, Map<RawPath, FollowedIndex> indexes, Map<RawPath, RawPath> keys) {}

    /** @param nanoTime as {@link System#nanoTime} */
    public ServedEntries(IndexStore store, Collection<PathEntry> entries, ScanOptions scan, LongSupplier nanoTime) {
        this.store = store;
        this.entries = entries;
        this.scan = scan;
        this.nanoTime = nanoTime;
        follow();
    }

    /**
     * Follows the links in the paths of the entries, which may have changed. An index that no entry leads to any more is closed by the next call,
     * since a request may still read it.
     */
    public synchronized void follow() {
        Places before = places;
        Set<RawPath> roots = new LinkedHashSet<>();
        Map<RawPath, FollowedIndex> indexes = new LinkedHashMap<>();
        Map<RawPath, RawPath> keys = new HashMap<>();
        long near = IndexLookup.NEAR_BYTES / Math.max(1, entries.size());
        for (PathEntry entry : entries) {
            RawPath canonical = CanonicalPath.of(entry.path());
            RawPath key = scan.indexKey(entry);
            roots.add(entry.path().absolute().normalized());
            roots.add(canonical);
            scan.pycachePrefix().ifPresent(prefix -> roots.add(prefix.mirrored(canonical)));
            @Nullable FollowedIndex open = before.indexes().get(key);
            indexes.put(key, open == null ? new FollowedIndex(store, key, near, nanoTime) : open);
            keys.put(key, key);
            keys.put(entry.path().absolute().normalized(), key);
            keys.put(canonical, key);
        }
        places = new Places(roots, indexes, keys);
        retired.forEach(FollowedIndex::close);
        retired.clear();
        before.indexes().forEach((key, index) -> {
            if (!indexes.containsKey(key)) {
                retired.add(index);
            }
        });
    }

    /** The store of the indexes. */
    public IndexStore store() {
        return store;
    }

    ScanOptions scan() {
        return scan;
    }

    /** The names of the indexes, which are the canonical paths of the entries where there is no cache prefix. */
    Set<RawPath> keys() {
        return places.indexes().keySet();
    }

    /** The name of the index of an entry, however the entry is named; empty where the service has no such entry. */
    Optional<RawPath> key(RawPath entry) {
        return Optional.ofNullable(places.keys().get(entry.absolute().normalized()));
    }

    /**
     * Whether a path is an entry or lies in one, judged by its text alone. A member of an archive lies where the
     * archive lies.
     */
    boolean isInside(RawPath path) {
        RawPath plain = PathEntry.Archive.ofMember(path)
                .map(PathEntry.Archive::file)
                .orElse(path)
                .normalized();
        return path.isAbsolute()
                && places.roots().stream()
                        .anyMatch(root ->
                                plain.equals(root) || plain.relativeTo(root).isPresent());
    }

    /** Refuses paths if one of them lies outside the entries, and does not reveal whether that path exists. */
    void require(Collection<RawPath> paths) throws BadRequestException {
        Optional<RawPath> outside =
                paths.stream().filter(path -> !isInside(path)).findFirst();
        if (outside.isPresent()) {
            throw new BadRequestException(
                    HttpStatus.NOT_FOUND_404,
                    "The path " + outside.get().shown()
                            + " is not inside the entries of this service: GET /v1/entries lists them.");
        }
    }

    /** The index of a name; empty where there is none yet. */
    Optional<IndexLookup> index(RawPath key) throws IOException {
        @Nullable FollowedIndex followed = places.indexes().get(key);
        return followed == null ? Optional.empty() : read(key, followed::current);
    }

    /** How many pycs have which verdict in the latest generation; none where there is no index. */
    VerdictCounts verdicts(RawPath key) throws IOException {
        return VerdictCounts.of(read(key, () -> store.verdicts(key)).orElse(RecordedVerdicts.NONE));
    }

    /** The latest generation of an index; empty where there is none yet. */
    Optional<IndexInfo> info(RawPath key) throws IOException {
        return read(key, () -> store.info(key));
    }

    /** Reads from an index. */
    private interface IndexReading<T> {
        T read() throws IOException;
    }

    private static <T> T read(RawPath key, IndexReading<T> reading) throws UnreadableIndexException {
        try {
            return reading.read();
        } catch (IOException unreadable) {
            throw new UnreadableIndexException(key, unreadable);
        }
    }

    /** The records of some sources, as {@link IndexStore#find} has them. */
    Optional<FoundRecords> find(RawPath key, Collection<RawPath> sources) throws IOException {
        Optional<IndexLookup> index = index(key);
        if (index.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(find(index.get(), sources));
        } catch (UncheckedIOException damaged) {
            throw new UnreadableIndexException(key, Objects.requireNonNull(damaged.getCause()));
        }
    }

    /** Reads records of one generation: reads again where a newer generation was published meanwhile. */
    private static FoundRecords find(IndexLookup index, Collection<RawPath> sources) {
        while (true) {
            IndexInfo before = index.info();
            Map<RawPath, SourceRecord> found = new HashMap<>();
            sources.forEach(source -> index.get(source).ifPresent(record -> found.put(source, record)));
            if (index.info().sameState(before)) {
                return new FoundRecords(before, found);
            }
        }
    }

    @Override
    public synchronized void close() {
        retired.forEach(FollowedIndex::close);
        places.indexes().values().forEach(FollowedIndex::close);
    }
}
