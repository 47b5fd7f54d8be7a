package dev.freshpyc.cli.serve;

import dev.freshpyc.core.lookup.IndexLookup;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation.Found;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.judge.VerdictCounts;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * The entries that the service answers for, and their indexes. An index stays open from request to request. A request searches for a
 * newer generation when the last search was 0.1 s ago. Thread-safe.
 */
public final class ServedEntries implements AutoCloseable {

    private final IndexStore store;
    private final ScanOptions scan;
    private final Set<RawPath> roots = new LinkedHashSet<>();
    private final Map<RawPath, FollowedIndex> indexes = new LinkedHashMap<>();
    private final Map<RawPath, RawPath> keys = new HashMap<>();

    /** @param nanoTime as {@link System#nanoTime} */
    public ServedEntries(IndexStore store, Collection<PathEntry> entries, ScanOptions scan, LongSupplier nanoTime) {
        this.store = store;
        this.scan = scan;
        long near = IndexLookup.NEAR_BYTES / Math.max(1, entries.size());
        for (PathEntry entry : entries) {
            RawPath canonical = CanonicalPath.of(entry.path());
            RawPath key = scan.indexKey(entry);
            roots.add(entry.path().absolute().normalized());
            roots.add(canonical);
            scan.pycachePrefix().ifPresent(prefix -> roots.add(prefix.mirrored(canonical)));
            indexes.put(key, new FollowedIndex(store, key, near, nanoTime));
            keys.put(key, key);
            keys.put(entry.path(), key);
            keys.put(canonical, key);
        }
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
        return indexes.keySet();
    }

    /** The name of the index of an entry, however the entry is named; empty where the service has no such entry. */
    Optional<RawPath> key(RawPath entry) {
        return Optional.ofNullable(keys.get(entry));
    }

    /** Whether a path is an entry or lies in one, by its text alone. */
    boolean isInside(RawPath path) {
        RawPath plain = path.normalized();
        return path.isAbsolute()
                && roots.stream()
                        .anyMatch(root ->
                                plain.equals(root) || plain.relativeTo(root).isPresent());
    }

    /** Refuses paths where one lies outside the entries, and does not reveal whether this path exists. */
    void require(Collection<RawPath> paths) throws BadRequestException {
        if (!paths.stream().allMatch(this::isInside)) {
            throw new BadRequestException(
                    HttpStatus.NOT_FOUND_404, "A path is not inside the entries of this service.");
        }
    }

    /** The index of a name; empty where there is none yet. */
    Optional<IndexLookup> index(RawPath key) throws IOException {
        @Nullable FollowedIndex followed = indexes.get(key);
        return followed == null ? Optional.empty() : followed.current();
    }

    /** How many pycs have which verdict in the latest generation; none where there is no index. */
    VerdictCounts verdicts(RawPath key) throws IOException {
        return VerdictCounts.of(store.verdicts(key).orElse(RecordedVerdicts.NONE));
    }

    /** The records of some sources, as {@link IndexStore#find} has them. */
    Optional<Found> find(RawPath key, Collection<RawPath> sources) throws IOException {
        Optional<IndexLookup> index = index(key);
        if (index.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(find(index.get(), sources));
        } catch (UncheckedIOException damaged) {
            throw damaged.getCause();
        }
    }

    /** Reads records of one generation: reads again where a newer generation was published meanwhile. */
    private static Found find(IndexLookup index, Collection<RawPath> sources) {
        while (true) {
            IndexInfo before = index.info();
            Map<RawPath, SourceRecord> found = new HashMap<>();
            sources.forEach(source -> index.get(source).ifPresent(record -> found.put(source, record)));
            if (index.info().sameState(before)) {
                return new Found(before, found);
            }
        }
    }

    @Override
    public void close() {
        indexes.values().forEach(FollowedIndex::close);
    }
}
