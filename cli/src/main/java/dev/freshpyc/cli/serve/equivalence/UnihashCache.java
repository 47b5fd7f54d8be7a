package dev.freshpyc.cli.serve.equivalence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the unihashes of tasks that were asked for in memory. Unknown tasks are never kept, as any process may report them.
 *
 * <p>An answer from memory is right although other processes change the database. The unihash of a task changes only when its oldest row is
 * swept. A sweep has four steps:
 *
 * <ol>
 *   <li>It commits a note that a sweep runs.
 *   <li>It waits longer than {@link #LEASE}.
 *   <li>It removes rows.
 *   <li>It commits the end of the note.
 * </ol>
 *
 * <p>One statement reads a row and the note. The row is kept only where there is no note, and only until a lease is over that began before
 * the read. A statement that begins after the commit of step 1 sees the note, since a server that may be behind, such as a standby, is never
 * read. Only durations are compared, each on the clock of one process, with half a lease to spare. So no process has an answer in memory at
 * step 3. Messages between the processes would not need such a wait, but each process would have to know all others.
 */
final class UnihashCache {

    /** How long an answer is kept. */
    static final Duration LEASE = Duration.ofSeconds(1);

    private static final int MAX_CHARACTERS = 4 * 1024 * 1024;
    private static final int OBJECTS = 200; // the bytes of an entry beside its characters

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

    /** The use of the cache; any thread may ask. */
    CacheUse use() {
        return new CacheUse(hits.sum(), misses.sum(), entries.estimatedSize());
    }

    /** Keeps the unihash that was read. */
    void put(TaskKey task, Lookups.Found found, long readAt) {
        if (found.isLasting()) {
            entries.put(task, new Leased(found.unihash(), readAt));
        }
    }
}
