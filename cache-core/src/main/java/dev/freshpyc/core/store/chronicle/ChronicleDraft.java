package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.record.codec.RecordCodec;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.IndexInfo;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A draft in an off-heap map. */
final class ChronicleDraft implements Draft {

    private final ChronicleStore store;
    private final RawPath entry;
    private final GrowingMap map;
    private final EncodedSeals seals;
    private volatile Optional<IndexInfo> base;

    ChronicleDraft(ChronicleStore store, RawPath entry, Optional<LoadedIndex> base) {
        this.store = store;
        this.entry = entry;
        this.base = base.map(LoadedIndex::info);
        this.seals = base.map(LoadedIndex::seals).orElseGet(EncodedSeals::none);
        this.map = new GrowingMap(base.map(LoadedIndex::map).orElseGet(() -> OffHeapMap.empty(MapGeometry.INITIAL)));
    }

    @Override
    public Optional<IndexInfo> base() {
        return base;
    }

    @Override
    public Optional<SourceRecord> get(RawPath source) {
        return Records.decode(map.get(source.toBytes()));
    }

    @Override
    public void put(RawPath source, SourceRecord record) {
        map.put(source.toBytes(), RecordCodec.encode(record));
        seals.drop(source.parent());
    }

    @Override
    public void remove(RawPath source) {
        map.remove(source.toBytes());
        seals.drop(source.parent());
    }

    @Override
    public long records() {
        return map.count();
    }

    @Override
    public void seal(RawPath directory, Seal seal) {
        seals.put(directory, seal);
    }

    @Override
    public Map<RawPath, Seal> seals() {
        return seals.all();
    }

    @Override
    public void forEach(BiConsumer<RawPath, SourceRecord> action) {
        map.forEach(Records.decoding(action));
    }

    @Override
    public IndexInfo publish(long checkedAtNanos) throws IOException {
        return publish(checkedAtNanos, true).orElseThrow();
    }

    @Override
    public Optional<IndexInfo> publishUnlessOvertaken(long checkedAtNanos) throws IOException {
        return publish(checkedAtNanos, false);
    }

    @Override
    public void close() {
        map.close();
    }

    private Optional<IndexInfo> publish(long checkedAtNanos, boolean evenIfOvertaken) throws IOException {
        NextGeneration next =
                new NextGeneration(store, entry, base, map.fitted(), seals.encode(), checkedAtNanos, evenIfOvertaken);
        Optional<IndexInfo> published = store.publish(entry, next) ? Optional.of(next.info()) : Optional.empty();
        if (published.isPresent()) {
            base = published;
        }
        return published;
    }
}
