package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.record.VerdictSum;
import dev.freshpyc.core.store.Generation.IndexVerification;
import dev.freshpyc.core.store.Generation.Seals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A store in memory, for tests that need no files. Its indexes are never damaged. */
public final class HeapStore implements IndexStore {

    private final Map<RawPath, HeapGeneration> live = new ConcurrentHashMap<>();

    @Override
    public Optional<Generation> open(RawPath entry) {
        return Optional.ofNullable(live.get(entry));
    }

    @Override
    public Draft draft(RawPath entry) {
        return new HeapDraft(this, entry, Optional.ofNullable(live.get(entry)));
    }

    @Override
    public Optional<IndexInfo> info(RawPath entry) {
        return open(entry).map(Generation::info);
    }

    @Override
    public Optional<Seals> seals(RawPath entry) {
        return Optional.ofNullable(live.get(entry)).map(generation -> new Seals(generation.info(), generation.seals()));
    }

    @Override
    public Optional<RecordedVerdicts> verdicts(RawPath entry) {
        return Optional.ofNullable(live.get(entry)).map(generation -> {
            VerdictSum sum = new VerdictSum(RecordedVerdicts.NONE);
            generation.records().values().forEach(sum::add);
            return sum.sum();
        });
    }

    @Override
    public void confirm(IndexInfo state, long checkedAtNanos) {
        Optional.ofNullable(live.get(state.entry()))
                .filter(generation -> generation.info().sameState(state))
                .ifPresent(confirmed -> put(
                        new HeapGeneration(state.checkedAt(checkedAtNanos), confirmed.records(), confirmed.seals())));
    }

    @Override
    public List<IndexInfo> list() {
        return live.values().stream().map(HeapGeneration::info).toList();
    }

    @Override
    public Optional<IndexVerification> verify(RawPath entry) {
        return info(entry).map(info -> new IndexVerification(info, info.records(), List.of()));
    }

    @Override
    public void remove(RawPath entry) {
        live.remove(entry);
    }

    void put(HeapGeneration generation) {
        live.put(generation.info().entry(), generation);
    }
}
