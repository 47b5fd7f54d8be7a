package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The index after a rollback. A pyc that has the bytes of the save gets its record of the save; every other pyc keeps its record. So
 * the evidence goes with the bytes. One fact is never forgotten: that compiling has shown bytecode to be wrong.
 *
 * <p>A record keeps the stamp of the save where the file still has this stamp; otherwise the next run reads the file.
 */
final class RolledBackRecords implements AutoCloseable {

    private final Draft draft;
    private boolean changed;

    /** Records that go to the next generation of the live index. */
    RolledBackRecords(Draft draft) {
        this.draft = draft;
    }

    /** Takes a pyc that has the bytes of the save without this rollback. */
    void same(OldPyc old, SourceRecord now, FileStamp stamp) throws IOException {
        boolean sameSource = PutBackRule.changeOf(old.then(), now) == null;
        if (sameSource) {
            boolean sameStamp = stamp.equals(old.record().stamp());
            put(old, now, sameStamp ? old.record() : old.record().withStamp(FileStamp.UNSETTLED));
        }
    }

    /** Takes a pyc that was restored. */
    void putBack(OldPyc old, SourceRecord now) throws IOException {
        put(old, now, old.record().withStamp(FileStamp.UNSETTLED));
    }

    private void put(OldPyc old, SourceRecord now, PycRecord record) throws IOException {
        Optional<SourceRecord> live = draft.get(old.source());
        List<PycRecord> pycs = new ArrayList<>(live.map(SourceRecord::pycs).orElse(List.of()));
        Optional<PycRecord> present = pycs.stream()
                .filter(pyc -> pyc.isOf(record.tag(), record.level()))
                .findFirst();
        boolean refuted = present.filter(pyc -> pyc.verdict().isRefutedByCompiling()
                        && Objects.equals(pyc.body(), record.body())
                        && live.map(SourceRecord::content).equals(Optional.ofNullable(now.content())))
                .isPresent();
        if (refuted) {
            return;
        }
        present.ifPresent(pycs::remove);
        pycs.add(record);
        pycs.sort(PycRecord.BY_NAME);
        SourceRecord merged = new SourceRecord(stamp(old.then(), now), now.content(), pycs);
        if (live.isEmpty() || !live.get().equals(merged)) {
            draft.put(old.source(), merged);
            changed = true;
        }
    }

    /** The source's stamp where the source had it at the save already; another stamp may be too young to identify content. */
    private static @Nullable FileStamp stamp(SourceRecord then, SourceRecord now) {
        return now.stamp() == null || now.stamp().equals(then.stamp()) ? now.stamp() : FileStamp.UNSETTLED;
    }

    /** Publishes the index if a record has changed. */
    void publish(long nowNanos) throws IOException {
        if (changed || draft.base().isEmpty()) {
            draft.publish(nowNanos);
        }
    }

    @Override
    public void close() {
        draft.close();
    }
}
