package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.Generation.IndexVerification;
import dev.freshpyc.core.store.Generation.Seals;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Forwards every call to another store; tests override single calls. */
class ForwardingStore implements IndexStore {

    private final IndexStore store;

    ForwardingStore(IndexStore store) {
        this.store = store;
    }

    @Override
    public Optional<Generation> open(RawPath entry) throws IOException {
        return store.open(entry);
    }

    @Override
    public Draft draft(RawPath entry) throws IOException {
        return store.draft(entry);
    }

    @Override
    public Optional<IndexInfo> info(RawPath entry) throws IOException {
        return store.info(entry);
    }

    @Override
    public Optional<Seals> seals(RawPath entry) throws IOException {
        return store.seals(entry);
    }

    @Override
    public Optional<RecordedVerdicts> verdicts(RawPath entry) throws IOException {
        return store.verdicts(entry);
    }

    @Override
    public void confirm(IndexInfo state, long checkedAtNanos) throws IOException {
        store.confirm(state, checkedAtNanos);
    }

    @Override
    public List<IndexInfo> list() throws IOException {
        return store.list();
    }

    @Override
    public Optional<IndexVerification> verify(RawPath entry) throws IOException {
        return store.verify(entry);
    }

    @Override
    public void remove(RawPath entry) throws IOException {
        store.remove(entry);
    }
}
