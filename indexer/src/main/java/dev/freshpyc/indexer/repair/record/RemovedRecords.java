package dev.freshpyc.indexer.repair.record;

import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.index.OpenIndexes;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of removed pycs out of the indexes. An entry without an index gets none. A failure is thrown only when the
 * indexes are published, since the files are gone already. Thread-safe.
 */
public final class RemovedRecords implements AutoCloseable {

    private final IndexStore store;
    private final ScanOptions scan;
    private final OpenIndexes indexes;
    private final Map<PathEntry, Draft> drafts = new HashMap<>();
    private @Nullable IOException refusal;

    /** The records in the indexes that a scan of the entries makes. */
    public RemovedRecords(IndexStore store, List<PathEntry> entries, ScanOptions scan) {
        this.store = store;
        this.scan = scan;
        this.indexes = new OpenIndexes(store, entries, scan);
    }

    /** The record of a pyc in the index. */
    public Optional<PycRecord> of(FilePlace place) {
        return indexes.record(place.entry(), place.source())
                .flatMap(record -> record.pycs().stream()
                        .filter(pyc -> pyc.isOf(place.tag(), place.level()))
                        .findFirst());
    }

    /** Removes the record of a pyc, if the index has one. */
    public void remove(FilePlace place) {
        if (of(place).isPresent()) {
            removeKnown(place);
        }
    }

    private synchronized void removeKnown(FilePlace place) {
        if (refusal != null) {
            return;
        }
        try {
            Draft draft = draft(place.entry());
            Optional<SourceRecord> record = draft.get(place.source());
            if (record.isPresent()) {
                List<PycRecord> left = new ArrayList<>(record.get().pycs());
                left.removeIf(pyc -> pyc.isOf(place.tag(), place.level()));
                draft.put(
                        place.source(),
                        new SourceRecord(record.get().stamp(), record.get().content(), left));
            }
        } catch (IOException refused) {
            refusal = refused;
        }
    }

    private Draft draft(PathEntry entry) throws IOException {
        @Nullable Draft known = drafts.get(entry);
        if (known == null) {
            known = store.draft(scan.indexKey(entry));
            drafts.put(entry, known);
        }
        return known;
    }

    /**
     * Publishes the index of each changed entry.
     *
     * @param nowNanos in nanoseconds since 1970
     * @throws IOException when any index could not be read or written
     */
    public synchronized void publish(long nowNanos) throws IOException {
        if (refusal != null) {
            throw refusal;
        }
        for (Draft draft : drafts.values()) {
            draft.publish(nowNanos);
        }
    }

    /** Drops what was not published. */
    @Override
    public synchronized void close() {
        drafts.values().forEach(Draft::close);
        indexes.close();
    }
}
