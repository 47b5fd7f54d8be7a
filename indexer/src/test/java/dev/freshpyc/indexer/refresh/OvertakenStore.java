package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A store that runs an action right before a draft is published, so that another run overtakes the draft. */
final class OvertakenStore extends ForwardingStore {

    private final Runnable before;

    OvertakenStore(IndexStore store, Runnable before) {
        super(store);
        this.before = before;
    }

    @Override
    public Draft draft(RawPath entry) throws IOException {
        return new OvertakenDraft(super.draft(entry), before);
    }

    private record OvertakenDraft(Draft draft, Runnable before) implements Draft {

        @Override
        public Optional<IndexInfo> base() {
            return draft.base();
        }

        @Override
        public Optional<SourceRecord> get(RawPath source) throws IOException {
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
        public void seal(RawPath directory, Seal seal) {
            draft.seal(directory, seal);
        }

        @Override
        public Map<RawPath, Seal> seals() {
            return draft.seals();
        }

        @Override
        public long removeIf(Predicate<RawPath> condition) throws IOException {
            return draft.removeIf(condition);
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
        public void close() {
            draft.close();
        }
    }
}
