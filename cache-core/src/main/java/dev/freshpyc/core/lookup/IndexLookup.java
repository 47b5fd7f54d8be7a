package dev.freshpyc.core.lookup;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One path entry's index, open for any number of threads. All answers come from the generation that {@link #info} tells, until
 * {@link #follow} takes a newer one: never by itself, so that answers which belong together can come from one state.
 *
 * <p>A reader holds no lock and never waits for {@link #follow}: it enters a generation by counting itself in, and whoever is
 * the last to leave one that has been replaced closes it. A lock around the generation would have stopped all readers for the
 * tens of milliseconds that opening takes; leaving old ones to the garbage collector would have kept their off-heap memory.
 */
public final class IndexLookup implements AutoCloseable {

    /** What the near cache may take where nothing else is said: some {@code 20,000} answers. */
    public static final long NEAR_BYTES = 16 << 20;

    private final IndexStore store;
    private final RawPath entry;
    private final NearCache near;
    private final Object following = new Object();
    private volatile @Nullable SharedGeneration current;

    private IndexLookup(IndexStore store, RawPath entry, SharedGeneration first, NearCache near) {
        this.store = store;
        this.entry = entry;
        this.current = first;
        this.near = near;
    }

    /** Opens the latest generation of an entry's index; empty when there is none. */
    public static Optional<IndexLookup> open(IndexStore store, RawPath entry) throws IOException {
        return open(store, entry, NEAR_BYTES);
    }

    /**
     * Opens the latest generation of an entry's index; empty when there is none.
     *
     * @param entry absolute
     * @param nearBytes about how much heap the near cache may take; 0 for none
     * @throws IOException when there is a file, and the system does not let it be read
     */
    public static Optional<IndexLookup> open(IndexStore store, RawPath entry, long nearBytes) throws IOException {
        NearCache near = new NearCache(nearBytes);
        return store.open(entry)
                .map(generation -> new IndexLookup(store, entry, new SharedGeneration(generation), near));
    }

    /** The record of a source, named relative to the entry; empty when the index has none. */
    public Optional<SourceRecord> get(RawPath source) {
        @Nullable Answer known = near.get(current().key(source));
        return known == null ? read(source).record() : known.record();
    }

    /** The generation that answers just now, and when it was last found true as far as is known here. */
    public IndexInfo info() {
        return current().info();
    }

    /**
     * Takes the latest generation when it is another than the one that answers. Costs the reading of a file's head when there is
     * none, so it may be called often. Where the index was removed or cannot be used any more, the open generation goes
     * on answering.
     *
     * @return whether a newer generation answers now; false also when the same one was only found true again
     * @throws IOException when the system does not let it be read; the open generation goes on answering
     */
    public boolean follow() throws IOException {
        synchronized (following) {
            SharedGeneration old = current();
            Optional<IndexInfo> latest = store.info(entry);
            if (latest.isEmpty() || old.confirmedBy(latest.get())) {
                return false;
            }
            return store.open(entry).filter(newer -> replaces(newer, old)).isPresent();
        }
    }

    /** Waits for no reader: those that are inside finish, and the last one closes the generation. */
    @Override
    public void close() {
        synchronized (following) {
            SharedGeneration last = current;
            if (last != null) {
                current = null;
                near.clear();
                last.leave();
            }
        }
    }

    private boolean replaces(Generation newer, SharedGeneration old) {
        if (old.confirmedBy(newer.info())) {
            newer.close();
            return false;
        }
        SharedGeneration next = new SharedGeneration(newer);
        current = next;
        near.keepOnly(next);
        old.leave();
        return true;
    }

    private Answer read(RawPath source) {
        SharedGeneration entered = enter();
        try {
            Answer answer = new Answer(entered.get(source));
            near.put(entered.key(source), answer);
            return answer;
        } finally {
            entered.leave();
        }
    }

    /** Whoever closes a generation has put the next one in its place before, so the second attempt all but always succeeds. */
    private SharedGeneration enter() {
        while (true) {
            SharedGeneration now = current();
            if (now.enter()) {
                return now;
            }
        }
    }

    private SharedGeneration current() {
        SharedGeneration now = current;
        if (now == null) {
            throw new IllegalStateException("closed: lookup in the index of " + entry);
        }
        return now;
    }
}
