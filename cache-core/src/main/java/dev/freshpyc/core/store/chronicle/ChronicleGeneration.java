package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.Generation.Verification;
import dev.freshpyc.core.store.IndexInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A generation in memory. After the opening, the generation no longer needs its file. */
final class ChronicleGeneration implements Generation {

    private final IndexInfo info;
    private final OffHeapMap map;

    ChronicleGeneration(LoadedIndex index) {
        this.info = index.info();
        this.map = index.map();
    }

    @Override
    public IndexInfo info() {
        return info;
    }

    @Override
    public Optional<SourceRecord> get(RawPath source) {
        return Records.decode(map.get(source.toBytes()));
    }

    @Override
    public void forEach(BiConsumer<RawPath, SourceRecord> action) {
        map.forEach(Records.decoding(action));
    }

    /** Decodes each record and looks up each key. */
    Verification verify() {
        List<RawPath> faulty = new ArrayList<>();
        long whole = 0;
        List<byte[]> keys = new ArrayList<>();
        map.forEach((key, _) -> keys.add(key.clone()));
        for (byte[] key : keys) {
            if (Records.decode(map.get(key)).isPresent()) {
                whole++;
            } else {
                faulty.add(Records.path(key));
            }
        }
        faulty.sort(RawPath::compareTo);
        return new Verification(info, whole, faulty);
    }

    @Override
    public void close() {
        map.close();
    }
}
