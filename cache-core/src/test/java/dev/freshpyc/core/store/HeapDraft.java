package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** A draft of a {@link HeapStore}. */
final class HeapDraft implements Draft {

    private final HeapStore store;
    private final RawPath entry;
    private final Map<RawPath, SourceRecord> records = new ConcurrentHashMap<>();
    private final Map<RawPath, Seal> seals = new ConcurrentHashMap<>();
    private Optional<IndexInfo> base;

    HeapDraft(HeapStore store, RawPath entry, Optional<HeapGeneration> base) {
        this.store = store;
        this.entry = entry;
        this.base = base.map(HeapGeneration::info);
        base.ifPresent(generation -> {
            records.putAll(generation.records());
            seals.putAll(generation.seals());
        });
    }

    @Override
    public Optional<IndexInfo> base() {
        return base;
    }

    @Override
    public Optional<SourceRecord> get(RawPath source) {
        return Optional.ofNullable(records.get(source));
    }

    @Override
    public void put(RawPath source, SourceRecord record) {
        records.put(source, record);
        seals.remove(source.parent());
    }

    @Override
    public void remove(RawPath source) {
        records.remove(source);
        seals.remove(source.parent());
    }

    @Override
    public void seal(RawPath directory, Seal seal) {
        seals.put(directory, seal);
    }

    @Override
    public Map<RawPath, Seal> seals() {
        return Map.copyOf(seals);
    }

    @Override
    public long removeIf(Predicate<RawPath> condition) {
        List<RawPath> removed = records.keySet().stream().filter(condition).toList();
        removed.forEach(this::remove);
        return removed.size();
    }

    @Override
    public IndexInfo publish(long checkedAtNanos) {
        long number = store.info(entry).map(IndexInfo::generation).orElse(0L) + 1;
        long token = ThreadLocalRandom.current().nextLong();
        IndexInfo info = new IndexInfo(entry, number, token, checkedAtNanos, records.size(), 0);
        store.put(new HeapGeneration(info, records, seals));
        base = Optional.of(info);
        return info;
    }

    @Override
    public Optional<IndexInfo> publishUnlessOvertaken(long checkedAtNanos) {
        Optional<Long> live = store.info(entry).map(IndexInfo::token);
        return live.equals(base.map(IndexInfo::token)) ? Optional.of(publish(checkedAtNanos)) : Optional.empty();
    }

    @Override
    public void close() {}
}
