package dev.freshpyc.indexer.index;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.Verification;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A store in which something happens right before a draft is published. */
record OvertakenStore(IndexStore store, Runnable before) implements IndexStore {

    @Override
    public Optional<Generation> open(RawPath entry) throws IOException {
        return store.open(entry);
    }

    @Override
    public Draft draft(RawPath entry) throws IOException {
        return new OvertakenDraft(store.draft(entry), before);
    }

    @Override
    public Optional<IndexInfo> info(RawPath entry) throws IOException {
        return store.info(entry);
    }

    @Override
    public List<IndexInfo> list() throws IOException {
        return store.list();
    }

    @Override
    public Optional<Verification> verify(RawPath entry) throws IOException {
        return store.verify(entry);
    }

    @Override
    public void remove(RawPath entry) throws IOException {
        store.remove(entry);
    }

    private record OvertakenDraft(Draft draft, Runnable before) implements Draft {

        @Override
        public Optional<IndexInfo> base() {
            return draft.base();
        }

        @Override
        public Optional<SourceRecord> get(RawPath source) {
            return draft.get(source);
        }

        @Override
        public void put(RawPath source, SourceRecord record) {
            draft.put(source, record);
        }

        @Override
        public void remove(RawPath source) {
            draft.remove(source);
        }

        @Override
        public long records() {
            return draft.records();
        }

        @Override
        public void forEach(BiConsumer<RawPath, SourceRecord> action) {
            draft.forEach(action);
        }

        @Override
        public IndexInfo publish(long checkedAtNanos) throws IOException {
            before.run();
            return draft.publish(checkedAtNanos);
        }

        @Override
        public Optional<IndexInfo> publishUnlessOvertaken(long checkedAtNanos) throws IOException {
            before.run();
            return draft.publishUnlessOvertaken(checkedAtNanos);
        }

        @Override
        public IndexInfo confirm(long checkedAtNanos) throws IOException {
            return draft.confirm(checkedAtNanos);
        }

        @Override
        public void close() {
            draft.close();
        }
    }
}
