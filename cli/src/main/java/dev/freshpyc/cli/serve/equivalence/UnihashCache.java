package dev.freshpyc.cli.serve.equivalence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The unihashes of tasks that were asked for, in memory. Unknown tasks are never kept, as any process may report them.
 *
 * <p>Why an answer from here is right across processes: the unihash of a task changes only when its oldest row is swept. A sweep goes so:
 *
 * <ol>
 *   <li>It commits that it goes on.
 *   <li>It waits longer than {@link #LEASE}.
 *   <li>It removes rows.
 *   <li>It commits that it is over.
 * </ol>
 *
 * <p>A row is read together with whether a sweep goes on, and is kept only if none does, until the lease is over, which begins before the
 * read. Both are seen in one statement, and a statement that begins after the commit of 1 sees it: a server that may be behind, such as a standby,
 * is never read. Only durations are compared, each on the clock of one process, with half a lease to spare. So at 3 no process has an answer in memory. A lease that were shown by a message to the other processes would need to know them all.
 */
final class UnihashCache {

    /** How long an answer is kept. */
    static final Duration LEASE = Duration.ofSeconds(1);

    private static final int MAX_CHARACTERS = 4 * 1024 * 1024;
    private static final int OBJECTS = 200; // what an entry takes beside its characters, in bytes

    private final Cache<TaskKey, Leased> entries = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher(UnihashCache::weight)
            .executor(Runnable::run)
            .build();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongSupplier nanos;
    private final Duration lease;

    private record Leased(String unihash, long readAt) {}

    /**
     * A cache on a clock such as {@link System#nanoTime}.
     *
     * @param lease how long answers are kept, the same for all processes of a database
     */
    UnihashCache(LongSupplier nanos, Duration lease) {
        this.nanos = nanos;
        this.lease = lease;
    }

    private static int weight(TaskKey task, Leased leased) {
        return task.method().length()
                + task.taskhash().length()
                + leased.unihash().length()
                + OBJECTS;
    }

    /** The time before a read. */
    long now() {
        return nanos.getAsLong();
    }

    Optional<String> get(TaskKey task) {
        @Nullable Leased leased = entries.getIfPresent(task);
        if (leased == null || now() - leased.readAt() >= lease.toNanos()) {
            misses.increment();
            return Optional.empty();
        }
        hits.increment();
        return Optional.of(leased.unihash());
    }

    /** How much it was used; any thread may ask. */
    CacheUse use() {
        return new CacheUse(hits.sum(), misses.sum(), entries.estimatedSize());
    }

    /** Keeps what was read. */
    void put(TaskKey task, Lookups.Found found, long readAt) {
        if (found.isLasting()) {
            entries.put(task, new Leased(found.unihash(), readAt));
        }
    }
}
