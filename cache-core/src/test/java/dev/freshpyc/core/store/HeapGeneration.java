package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.SourceRecord;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A generation of a {@link HeapStore}. */
public record HeapGeneration(IndexInfo info, Map<RawPath, SourceRecord> records, Map<RawPath, Seal> seals)
        implements Generation {

    public HeapGeneration {
        records = Map.copyOf(records);
        seals = Map.copyOf(seals);
    }

    @Override
    public Optional<SourceRecord> get(RawPath source) {
        return Optional.ofNullable(records.get(source));
    }

    @Override
    public void forEachAfter(RawPath source, Visitor visitor) {
        visit(records, source, visitor);
    }

    @Override
    public void close() {}

    /** Visits records of a map as {@link Generation#forEachAfter} does. */
    public static void visit(Map<RawPath, SourceRecord> records, RawPath source, Visitor visitor) {
        boolean more = true;
        for (Map.Entry<RawPath, SourceRecord> entry :
                new TreeMap<>(records).tailMap(source, false).entrySet()) {
            more = more && visitor.visit(entry.getKey(), entry.getValue());
        }
    }
}
