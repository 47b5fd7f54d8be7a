package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.store.Generation.FoundRecords;
import dev.freshpyc.core.store.Generation.IndexVerification;
import dev.freshpyc.core.store.Generation.Seals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Two stores as one: an entry without an index in {@code own} is looked up in {@code shared}, which is never written to.
 */
public record LayeredStore(IndexStore own, IndexStore shared) implements IndexStore {

    private interface Read<T> {
        Optional<T> from(IndexStore store) throws IOException;
    }

    @Override
    public Optional<Generation> open(RawPath entry) throws IOException {
        return first(store -> store.open(entry));
    }

    @Override
    public Optional<FoundRecords> find(RawPath entry, Collection<RawPath> sources) throws IOException {
        return first(store -> store.find(entry, sources));
    }

    @Override
    public Optional<IndexInfo> info(RawPath entry) throws IOException {
        return first(store -> store.info(entry));
    }

    @Override
    public Optional<Seals> seals(RawPath entry) throws IOException {
        return first(store -> store.seals(entry));
    }

    @Override
    public Optional<RecordedVerdicts> verdicts(RawPath entry) throws IOException {
        return first(store -> store.verdicts(entry));
    }

    @Override
    public Optional<IndexVerification> verify(RawPath entry) throws IOException {
        return first(store -> store.verify(entry));
    }

    @Override
    public List<IndexInfo> list() throws IOException {
        Map<RawPath, IndexInfo> all = new TreeMap<>();
        shared.list().forEach(info -> all.put(info.entry(), info));
        own.list().forEach(info -> all.put(info.entry(), info));
        return List.copyOf(all.values());
    }

    @Override
    public List<Path> damaged() throws IOException {
        return own.damaged();
    }

    @Override
    public Draft draft(RawPath entry) throws IOException {
        return own.draft(entry);
    }

    @Override
    public void confirm(IndexInfo state, long checkedAtNanos) throws IOException {
        own.confirm(state, checkedAtNanos);
    }

    @Override
    public void remove(RawPath entry) throws IOException {
        own.remove(entry);
    }

    private <T> Optional<T> first(Read<T> read) throws IOException {
        Optional<T> found = read.from(own);
        return found.isPresent() ? found : read.from(shared);
    }
}
