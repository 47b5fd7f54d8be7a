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

    /** So old may the answer to "which generation is the latest" be: with it, a lookup costs no system call. */
    private static final long LOOKED_NANOS = Duration.ofMillis(100).toNanos();

    private final IndexStore store;
    private final RawPath key;
    private final long nearBytes;
    private final LongSupplier nanoTime;
    private final AtomicLong nextLook;
    private volatile @Nullable IndexLookup lookup;

    FollowedIndex(IndexStore store, RawPath key, long nearBytes, LongSupplier nanoTime) {
        this.store = store;
        this.key = key;
        this.nearBytes = nearBytes;
        this.nanoTime = nanoTime;
        this.nextLook = new AtomicLong(nanoTime.getAsLong());
    }

    /** The index at its latest generation; empty where there is none yet. */
    Optional<IndexLookup> current() throws IOException {
        @Nullable IndexLookup open = lookup;
        if (open == null) {
            return open();
        }
        long now = nanoTime.getAsLong();
        long due = nextLook.get();
        if (now - due >= 0 && nextLook.compareAndSet(due, now + LOOKED_NANOS)) {
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
