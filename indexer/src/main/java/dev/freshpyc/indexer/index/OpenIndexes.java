package dev.freshpyc.indexer.index;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** The open indexes of a path, for a run that reads and does not write them. */
public final class OpenIndexes implements AutoCloseable {

    private final Map<PathEntry, Generation> generations = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> failures = ConcurrentHashMap.newKeySet();

    /** Opens the indexes that a scan of the entries makes; an index that cannot be read is reported and left out. */
    public OpenIndexes(IndexStore store, List<PathEntry> entries, ScanOptions scan) {
        for (PathEntry entry : entries) {
            try {
                store.open(scan.indexKey(entry)).ifPresent(generation -> generations.put(entry, generation));
            } catch (IOException refused) {
                boolean denied = refused.getCause() instanceof AccessDeniedException;
                (denied ? problems : failures).add(String.valueOf(refused.getMessage()));
            }
        }
    }

    /** The record of a source; empty also where it cannot be read, which {@link #failures} tells then. */
    public Optional<SourceRecord> record(PathEntry entry, RawPath source) {
        try {
            return Optional.ofNullable(generations.get(entry)).flatMap(generation -> generation.get(source));
        } catch (UncheckedIOException unreadable) {
            failures.add(String.valueOf(unreadable.getMessage()));
            return Optional.empty();
        }
    }

    /** Visits every record of every index, by its source's path relative to the entry; those that cannot be read are left out. */
    public void forEach(BiConsumer<RawPath, SourceRecord> action) {
        for (Generation generation : generations.values()) {
            try {
                generation.forEach(action);
            } catch (UncheckedIOException unreadable) {
                failures.add(String.valueOf(unreadable.getMessage()));
            }
        }
    }

    /** Why indexes or records could not be read, a line each. Files whose records are missing were judged without the index. */
    public List<String> failures() {
        return failures.stream().sorted().toList();
    }

    /** Whether there is no index, and none that could not be read. */
    public boolean isEmpty() {
        return generations.isEmpty() && failures.isEmpty();
    }

    /** Which indexes this user may not open, a line each. */
    public List<String> problems() {
        return problems;
    }

    @Override
    public void close() {
        generations.values().forEach(Generation::close);
    }
}
