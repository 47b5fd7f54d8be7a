package dev.freshpyc.cli.serve;

import dev.freshpyc.core.lookup.IndexLookup;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The latest generation of one index, opened when it is first asked for. */
final class FollowedIndex implements AutoCloseable {

    /** The time between two searches for a newer generation. A lookup between them costs no system call. */
    private static final long SEARCH_NANOS = Duration.ofMillis(100).toNanos();

    private final IndexStore store;
    private final RawPath key;
    private final long nearBytes;
    private final LongSupplier nanoTime;
    private final AtomicLong nextSearch;
    private volatile @Nullable IndexLookup lookup;

    FollowedIndex(IndexStore store, RawPath key, long nearBytes, LongSupplier nanoTime) {
        this.store = store;
        this.key = key;
        this.nearBytes = nearBytes;
        this.nanoTime = nanoTime;
        this.nextSearch = new AtomicLong(nanoTime.getAsLong());
    }

    /** The index at its latest generation; empty where there is none yet. */
    Optional<IndexLookup> current() throws IOException {
        @Nullable IndexLookup open = lookup;
        if (open == null) {
            return open();
        }
        long now = nanoTime.getAsLong();
        long due = nextSearch.get();
        if (now - due >= 0 && nextSearch.compareAndSet(due, now + SEARCH_NANOS)) {
            open.follow();
        }
        return Optional.of(open);
    }

    private synchronized Optional<IndexLookup> open() throws IOException {
        @Nullable IndexLookup open = lookup;
        if (open == null) {
            open = IndexLookup.open(store, key, nearBytes).orElse(null);
            lookup = open;
        }
        return Optional.ofNullable(open);
    }

    @Override
    public synchronized void close() {
        if (lookup != null) {
            lookup.close();
        }
    }
}
