package dev.freshpyc.indexer.repair.record;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.repair.RepairOptions;
import dev.freshpyc.indexer.repair.plan.FileChange;
import dev.freshpyc.indexer.repair.plan.SourceTimeChange;
import dev.freshpyc.indexer.repair.tree.SkippedException;
import dev.freshpyc.indexer.repair.write.WriterPool;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Tells the index of files that a repair has written itself. Their stamps are taken once the clock of the file system has
 * gone on, so that no later change can bear the same one; there is no need to wait as long as for files that others wrote,
 * whose time of writing is anybody's guess.
 */
public final class IndexUpdate {

    /** Longer than the tick of every kernel's file times that has nanoseconds at all. */
    private static final Duration TICK = Duration.ofMillis(100);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final IndexStore store;
    private final RepairedRecords records;
    private final WriterPool crew;
    private final InstantSource clock;

    public IndexUpdate(IndexStore store, RepairOptions options, WriterPool crew, InstantSource clock) {
        this.store = store;
        this.records = new RepairedRecords(options.wanted());
        this.crew = crew;
        this.clock = clock;
    }

    public void tell(List<FileChange> changes, List<SourceTimeChange> times) throws IOException, InterruptedException {
        if (changes.isEmpty() && times.isEmpty()) {
            return;
        }
        long timesWereSet = System.nanoTime();
        Map<PathEntry, News> byEntry = new HashMap<>();
        try {
            for (PathEntry entry : entries(changes, times)) {
                byEntry.put(entry, new News(store.draft(CanonicalPath.of(entry.path()))));
            }
            crew.forEach(changes, (writer, change) -> {
                settle(change.writtenAtNanos());
                try {
                    FileStamp stamp = writer.stampNow(change);
                    news(byEntry, change.location().entry())
                            .update(change.location().source(), record -> records.after(record, change, stamp));
                } catch (SkippedException gone) {
                    // What is not there any more is found by the next run.
                }
            });
            crew.forEach(times, (writer, time) -> {
                settle(timesWereSet);
                try {
                    FileStamp stamp = writer.tree().sourceStampNow(time.location());
                    news(byEntry, time.entry()).update(time.source(), record -> records.after(record, time, stamp));
                } catch (SkippedException gone) {
                    // The same.
                }
            });
            for (News news : byEntry.values()) {
                news.draft.publish(clock.millis() * NANOS_PER_MILLI);
            }
        } finally {
            byEntry.values().forEach(news -> news.draft.close());
        }
    }

    /** Waits until the clock has gone on since; those that were written first are told first, so that this is soon over. */
    private static void settle(long writtenAtNanos) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(writtenAtNanos + TICK.toNanos() - System.nanoTime());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the index was told", ended);
        }
    }

    private static Set<PathEntry> entries(List<FileChange> changes, List<SourceTimeChange> times) {
        Set<PathEntry> entries = new HashSet<>();
        changes.forEach(change -> entries.add(change.location().entry()));
        times.forEach(time -> entries.add(time.entry()));
        return entries;
    }

    private static News news(Map<PathEntry, News> byEntry, PathEntry entry) {
        return Objects.requireNonNull(byEntry.get(entry));
    }

    /** What is new of one entry. */
    private static final class News {

        /** So many sources can be changed at a time. */
        private static final int LOCKS = 64;

        private final Draft draft;
        private final List<Object> locks =
                Stream.generate(Object::new).limit(LOCKS).toList();

        News(Draft draft) {
            this.draft = draft;
        }

        /** Changes a record, whose bytecode files may be told of by several workers. */
        void update(RawPath source, UnaryOperator<SourceRecord> change) {
            synchronized (locks.get(Math.floorMod(source.hashCode(), LOCKS))) {
                draft.get(source).ifPresent(record -> draft.put(source, change.apply(record)));
            }
        }
    }
}
