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
 * The open index of one path entry, for any number of threads. All answers come from the generation that {@link #info}
 * names, until the caller asks {@link #follow} for a newer one; so related answers can come from one state.
 *
 * <p>A reader holds no lock and never waits for {@link #follow}: each generation counts its readers, and the last reader of
 * a replaced generation closes it. Two alternatives were rejected: a lock would stop all readers for the tens of
 * milliseconds that opening takes; the garbage collector would keep the off-heap memory of old generations too long.
 */
public final class IndexLookup implements AutoCloseable {

    /** The default size of the near cache: about {@code 20,000} answers. */
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
        NearCache.@Nullable LookupAnswer known = near.get(current().key(source));
        return known == null ? read(source).record() : known.record();
    }

    /**
     * Visits records of the current generation as {@link Generation#forEachAfter} does.
     *
     * @return the facts about that generation
     */
    public IndexInfo forEachAfter(RawPath source, Generation.Visitor visitor) {
        SharedGeneration entered = enter();
        try {
            entered.forEachAfter(source, visitor);
            return entered.info();
        } finally {
            entered.leave();
        }
    }

    /** How many answers came from the near cache, since the index was opened. */
    public long nearHits() {
        return near.hits();
    }

    /** How many answers were read from the index, since it was opened. */
    public long nearMisses() {
        return near.misses();
    }

    /** The current generation, with the latest known time at which a run found it true. */
    public IndexInfo info() {
        return current().info();
    }

    /**
     * Changes to the latest generation, if there is a newer one. Without a newer one this reads only the header of a file,
     * so it may be called often. When the index was removed or cannot be used any more, the open generation stays.
     *
     * @return whether the generation changed; false also when a run only confirmed the current one
     * @throws IOException when the system refuses to read the index; the open generation stays
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

    /** Does not wait for readers: the last one closes the generation. */
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

    private NearCache.LookupAnswer read(RawPath source) {
        SharedGeneration entered = enter();
        try {
            NearCache.LookupAnswer answer = new NearCache.LookupAnswer(entered.get(source));
            near.put(entered.key(source), answer);
            return answer;
        } finally {
            entered.leave();
        }
    }

    /** Enters the current generation. A closed one has a successor already, so a second attempt nearly always succeeds. */
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
