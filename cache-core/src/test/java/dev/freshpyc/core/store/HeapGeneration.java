package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.SourceRecord;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A generation of a {@link HeapStore}. */
record HeapGeneration(IndexInfo info, Map<RawPath, SourceRecord> records, Map<RawPath, Seal> seals)
        implements Generation {

    HeapGeneration {
        records = Map.copyOf(records);
        seals = Map.copyOf(seals);
    }

    @Override
    public Optional<SourceRecord> get(RawPath source) {
        return Optional.ofNullable(records.get(source));
    }

    @Override
    public void forEach(BiConsumer<RawPath, SourceRecord> action) {
        records.forEach(action);
    }

    @Override
    public void forEachAfter(RawPath source, Visitor visitor) {
        boolean more = true;
        for (Map.Entry<RawPath, SourceRecord> entry :
                new TreeMap<>(records).tailMap(source, false).entrySet()) {
            more = more && visitor.visit(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public void close() {}
}
