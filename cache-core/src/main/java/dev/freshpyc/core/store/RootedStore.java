package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.store.Generation.FoundRecords;
import dev.freshpyc.core.store.Generation.IndexVerification;
import dev.freshpyc.core.store.Generation.Seals;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Indexes that know the entries by their paths inside a root directory, such as the sealed indexes of an image, for callers that
 * know the paths outside. Read only.
 *
 * @param root the root directory, canonical
 */
public record RootedStore(IndexStore inside, RawPath root) implements IndexStore {

    private interface Read<T> {
        Optional<T> from(RawPath entry) throws IOException;
    }

    @Override
    public Optional<Generation> open(RawPath entry) throws IOException {
        return read(entry, inside::open);
    }

    @Override
    public Optional<FoundRecords> find(RawPath entry, Collection<RawPath> sources) throws IOException {
        return read(entry, known -> inside.find(known, sources));
    }

    @Override
    public Optional<IndexInfo> info(RawPath entry) throws IOException {
        return read(entry, inside::info);
    }

    @Override
    public Optional<Seals> seals(RawPath entry) throws IOException {
        return read(entry, inside::seals);
    }

    @Override
    public Optional<RecordedVerdicts> verdicts(RawPath entry) throws IOException {
        return read(entry, inside::verdicts);
    }

    @Override
    public Optional<IndexVerification> verify(RawPath entry) throws IOException {
        return read(entry, inside::verify);
    }

    @Override
    public List<IndexInfo> list() throws IOException {
        return inside.list();
    }

    @Override
    public Draft draft(RawPath entry) {
        throw new UnsupportedOperationException("the indexes inside a root directory are only read");
    }

    @Override
    public void confirm(IndexInfo state, long checkedAtNanos) {
        throw new UnsupportedOperationException("the indexes inside a root directory are only read");
    }

    @Override
    public void remove(RawPath entry) {
        throw new UnsupportedOperationException("the indexes inside a root directory are only read");
    }

    private <T> Optional<T> read(RawPath entry, Read<T> read) throws IOException {
        Optional<RawPath> known = entry.seenFrom(root);
        return known.isPresent() ? read.from(known.get()) : Optional.empty();
    }
}
