package dev.freshpyc.indexer.repair.record;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycName;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.index.NearestIndex;
import dev.freshpyc.indexer.index.NearestIndex.RecordPlace;
import dev.freshpyc.indexer.repair.journal.UndonePyc;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Restores the records of pycs as they were before a repair or a clean, once the bytes of the pycs are restored: evidence belongs to
 * bytes. The stamps of these records are unsettled, so that the next run reads the files and confirms the records.
 */
public final class UndoneRecords implements AutoCloseable {

    /** How many pycs wait in memory before their records are written. */
    private static final int AT_ONCE = 16_384;

    private final IndexStore store;
    private final NearestIndex lookup;
    private final List<UndonePyc> waiting = new ArrayList<>();
    private final Map<RawPath, Draft> drafts = new HashMap<>();
    private final RecentDirectories directories = new RecentDirectories();
    private @Nullable IOException refusal;

    /** @param store has the indexes that the repair changed */
    public UndoneRecords(IndexStore store) {
        this.store = store;
        this.lookup = new NearestIndex(store);
    }

    /** Takes a pyc that was put back or removed. A failure is thrown when the records are published. */
    public void add(UndonePyc undone) {
        waiting.add(undone);
        if (waiting.size() >= AT_ONCE) {
            write();
        }
    }

    /**
     * Publishes the index of each changed entry.
     *
     * @param nowNanos in nanoseconds since 1970
     * @throws IOException when any index could not be read or written
     */
    public void publish(long nowNanos) throws IOException {
        write();
        if (refusal != null) {
            throw refusal;
        }
        for (Draft draft : drafts.values()) {
            draft.publish(nowNanos);
        }
    }

    /** Drops what was not published. */
    @Override
    public void close() {
        drafts.values().forEach(Draft::close);
    }

    private void write() {
        try {
            for (UndonePyc undone : refusal == null ? waiting : List.<UndonePyc>of()) {
                write(undone);
            }
        } catch (IOException refused) {
            refusal = refused;
        }
        waiting.clear();
    }

    private void write(UndonePyc undone) throws IOException {
        RawPath source = undone.origin().source();
        Optional<RecordPlace> place = directories.get(source.parent());
        if (place == null) {
            place = lookup.find(source);
            directories.put(source.parent(), place);
        }
        if (place.isPresent()) {
            RawPath key = place.get().source().parent().resolve(source.name());
            Draft draft = draft(place.get().entry());
            draft.get(key).ifPresent(record -> draft.put(key, before(record, undone)));
        }
    }

    private Draft draft(RawPath entry) throws IOException {
        @Nullable Draft known = drafts.get(entry);
        if (known == null) {
            known = store.draft(entry);
            drafts.put(entry, known);
        }
        return known;
    }

    /** The index that has the sources of a directory. All sources of a directory are in one index. */
    private static final class RecentDirectories extends LinkedHashMap<RawPath, Optional<RecordPlace>> {

        private static final int MOST = 1024;

        @Serial
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RawPath, Optional<RecordPlace>> eldest) {
            return size() > MOST;
        }
    }

    /** The record of the source with the record of the pyc from before the repair. */
    private static SourceRecord before(SourceRecord record, UndonePyc undone) {
        List<PycRecord> pycs = new ArrayList<>(record.pycs());
        if (undone.origin().prior().pycs().isEmpty()) {
            PycName.parse(undone.pyc().name())
                    .ifPresent(name -> pycs.removeIf(pyc ->
                            name.tag().name().equals(pyc.tag()) && name.level().equals(pyc.level())));
        }
        for (PycRecord prior : undone.origin().prior().pycs()) {
            PycRecord restored = pycs.stream()
                    .filter(pyc -> pyc.isOf(prior.tag(), prior.level()) && contradicts(record.content(), pyc, prior))
                    .map(proof -> proof.withVerdict(prior.verdict()))
                    .findFirst()
                    .orElse(prior);
            pycs.removeIf(pyc -> pyc.isOf(prior.tag(), prior.level()));
            pycs.add(restored.withStamp(FileStamp.UNSETTLED));
        }
        pycs.sort(PycRecord.BY_NAME);
        return new SourceRecord(FileStamp.UNSETTLED, record.content(), pycs);
    }

    /**
     * Whether the index has a proof of another body for the source's content, while nothing is known of the restored
     * body. The proof is kept, so that the next run compares the restored body.
     */
    private static boolean contradicts(@Nullable Sha256 content, PycRecord now, PycRecord prior) {
        return content != null
                && content.equals(now.provenFor())
                && prior.provenFor() == null
                && prior.verdict().isOpen()
                && now.body() != null
                && !now.body().equals(prior.body());
    }
}
