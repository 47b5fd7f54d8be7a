package dev.freshpyc.core.lookup;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.Generation.IndexVerification;
import dev.freshpyc.core.store.Generation.Seals;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A store with the index of one path entry, in memory. A read of a closed generation fails. */
final class FakeStore implements IndexStore {

    static final RawPath ENTRY = RawPath.of("/entry");

    /** All opened generations, in the order of their opening. */
    final List<FakeGeneration> opened = new CopyOnWriteArrayList<>();

    private volatile @Nullable State live;
    private volatile boolean failing;
    private volatile boolean unusable;
    private long published;

    private record State(IndexInfo info, Map<RawPath, SourceRecord> records) {}

    /** Publishes the next generation. It has one record for each source, whose stamp has the given size. */
    synchronized IndexInfo publish(long size, String... sources) {
        Map<RawPath, SourceRecord> records = new HashMap<>();
        for (String source : sources) {
            records.put(RawPath.of(source), record(size));
        }
        published++;
        IndexInfo info = new IndexInfo(ENTRY, published, -published, 1_000 * published, records.size(), 0);
        live = new State(info, records);
        return info;
    }

    /** Confirms the live generation at a later time. */
    synchronized IndexInfo confirm(long checkedAtNanos) {
        State state = live().orElseThrow();
        live = new State(state.info().checkedAt(checkedAtNanos), state.records());
        return state.info().checkedAt(checkedAtNanos);
    }

    /** From now on every read throws an IOException. */
    void fail() {
        failing = true;
    }

    /** From now on the header can be read, but the index cannot be opened. */
    void damage() {
        unusable = true;
    }

    static SourceRecord record(long size) {
        return new SourceRecord(new FileStamp(1, 2, 3, 4, size, 5, 1), null, List.of());
    }

    static long size(SourceRecord record) {
        return Optional.ofNullable(record.stamp()).orElseThrow().size();
    }

    @Override
    public Optional<Generation> open(RawPath entry) throws IOException {
        requireReadable();
        return unusable ? Optional.empty() : state(entry).map(this::opened);
    }

    @Override
    public Optional<IndexInfo> info(RawPath entry) throws IOException {
        requireReadable();
        return state(entry).map(State::info);
    }

    @Override
    public Optional<Seals> seals(RawPath entry) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RecordedVerdicts> verdicts(RawPath entry) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void confirm(IndexInfo state, long checkedAtNanos) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(RawPath entry) {
        live = null;
    }

    @Override
    public List<IndexInfo> list() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Draft draft(RawPath entry) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<IndexVerification> verify(RawPath entry) {
        throw new UnsupportedOperationException();
    }

    private Generation opened(State state) {
        FakeGeneration generation = new FakeGeneration(state.info(), state.records());
        opened.add(generation);
        return generation;
    }

    private Optional<State> state(RawPath entry) {
        return live().filter(state -> state.info().entry().equals(entry));
    }

    private Optional<State> live() {
        return Optional.ofNullable(live);
    }

    private void requireReadable() throws IOException {
        if (failing) {
            throw new IOException("Permission denied");
        }
    }
}
