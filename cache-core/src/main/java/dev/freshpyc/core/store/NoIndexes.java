package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.store.Generation.IndexVerification;
import dev.freshpyc.core.store.Generation.Seals;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A store without indexes, which takes none: for a run that only plans, where there is no directory for indexes. */
public final class NoIndexes implements IndexStore {

    @Override
    public Optional<Generation> open(RawPath entry) {
        return Optional.empty();
    }

    @Override
    public Draft draft(RawPath entry) throws IOException {
        throw new IOException("there is no directory for the index");
    }

    @Override
    public Optional<IndexInfo> info(RawPath entry) {
        return Optional.empty();
    }

    @Override
    public Optional<Seals> seals(RawPath entry) {
        return Optional.empty();
    }

    @Override
    public Optional<RecordedVerdicts> verdicts(RawPath entry) {
        return Optional.empty();
    }

    @Override
    public void confirm(IndexInfo state, long checkedAtNanos) {}

    @Override
    public List<IndexInfo> list() {
        return List.of();
    }

    @Override
    public Optional<IndexVerification> verify(RawPath entry) {
        return Optional.empty();
    }

    @Override
    public void remove(RawPath entry) {}
}
