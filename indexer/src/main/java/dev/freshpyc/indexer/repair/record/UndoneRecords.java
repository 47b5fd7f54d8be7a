package dev.freshpyc.indexer.repair.record;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycName;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.index.IndexLookup;
import dev.freshpyc.indexer.index.IndexLookup.RecordPlace;
import dev.freshpyc.indexer.repair.journal.UndonePyc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts back what the index said of pycs before a repair, once their bytes are back: the evidence goes with the bytes. The stamps
 * of these records are unsettled, so that the next run reads the files and finds them to be what the records describe.
 */
public final class UndoneRecords {

    private final IndexStore store;

    /** @param store has the indexes that the repair wrote to */
    public UndoneRecords(IndexStore store) {
        this.store = store;
    }

    /**
     * Publishes the index of each entry concerned.
     *
     * @param nowNanos in nanoseconds since 1970
     */
    public void record(List<UndonePyc> all, long nowNanos) throws IOException {
        for (Map.Entry<RawPath, List<Placed>> entry : byEntry(all).entrySet()) {
            try (Draft draft = store.draft(entry.getKey())) {
                for (Placed placed : entry.getValue()) {
                    draft.get(placed.key())
                            .ifPresent(record -> draft.put(placed.key(), before(record, placed.undone())));
                }
                draft.publish(nowNanos);
            }
        }
    }

    /** @param key the source relative to the entry */
    private record Placed(RawPath key, UndonePyc undone) {}

    private Map<RawPath, List<Placed>> byEntry(List<UndonePyc> all) throws IOException {
        IndexLookup lookup = new IndexLookup(store);
        Map<RawPath, Optional<RecordPlace>> byDirectory = new HashMap<>();
        Map<RawPath, List<Placed>> byEntry = new HashMap<>();
        for (UndonePyc undone : all) {
            RawPath directory = undone.origin().source().parent();
            if (!byDirectory.containsKey(directory)) {
                byDirectory.put(directory, lookup.find(undone.origin().source()));
            }
            Objects.requireNonNull(byDirectory.get(directory)).ifPresent(place -> {
                RawPath key =
                        place.source().parent().resolve(undone.origin().source().name());
                byEntry.computeIfAbsent(place.entry(), _ -> new ArrayList<>()).add(new Placed(key, undone));
            });
        }
        return byEntry;
    }

    /** The record with that of the pyc as it was before the repair. */
    private static SourceRecord before(SourceRecord record, UndonePyc undone) {
        List<PycRecord> pycs = new ArrayList<>(record.pycs());
        if (undone.origin().prior().pycs().isEmpty()) {
            PycName.parse(undone.pyc().name())
                    .ifPresent(name -> pycs.removeIf(pyc ->
                            name.tag().name().equals(pyc.tag()) && name.level().equals(pyc.level())));
        }
        for (PycRecord prior : undone.origin().prior().pycs()) {
            pycs.replaceAll(pyc -> isSame(pyc, prior) ? prior.withStamp(FileStamp.UNSETTLED) : pyc);
        }
        return new SourceRecord(FileStamp.UNSETTLED, record.content(), pycs);
    }

    private static boolean isSame(PycRecord one, PycRecord other) {
        return Objects.equals(one.tag(), other.tag()) && one.level().equals(other.level());
    }
}
