package dev.freshpyc.indexer.repair.record;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.repair.change.FileChange;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import dev.freshpyc.indexer.repair.write.WriterPool;
import dev.freshpyc.indexer.repair.write.WrittenChange;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Writes to the index what a repair has done. The stamps of written files are taken after the clock of the file system has
 * advanced, so that no later change can leave an equal stamp. A short wait is enough, since the time of each write is known;
 * files that others wrote are settled later.
 */
public final class IndexUpdate {

    /** Longer than one tick of the clock that kernels take file times from. */
    private static final Duration TICK = Duration.ofMillis(100);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final IndexStore store;
    private final RepairedRecords records;
    private final WriterPool writers;
    private final ScanOptions scan;
    private final InstantSource clock;

    /** An update that looks at the written files through the writers of a pool. */
    public IndexUpdate(IndexStore store, RepairOptions options, WriterPool writers, ScanOptions scan) {
        this.store = store;
        this.records = new RepairedRecords(options.target());
        this.writers = writers;
        this.scan = scan;
        this.clock = scan.clock();
    }

    /** Records changes and new source times, and publishes the index of each entry concerned. */
    public void run(List<WrittenChange> changes, List<SourceTimeChange> times)
            throws IOException, InterruptedException {
        if (changes.isEmpty() && times.isEmpty()) {
            return;
        }
        long timesWereSet = System.nanoTime();
        Map<PathEntry, EntryDraft> byEntry = new HashMap<>();
        try {
            for (PathEntry entry : entries(changes, times)) {
                byEntry.put(entry, new EntryDraft(store.draft(scan.indexKey(entry))));
            }
            writers.forEach(changes, (writer, written) -> {
                FileChange change = written.change();
                settle(written.atNanos());
                try {
                    FileStamp stamp = writer.stampNow(change);
                    draft(byEntry, change.place().entry())
                            .update(change.place().source(), record -> records.after(record, change, stamp));
                } catch (SkippedException gone) {
                    // The file is gone: the next run finds that.
                }
            });
            writers.forEach(times, (writer, time) -> {
                settle(timesWereSet);
                try {
                    FileStamp stamp = writer.tree().sourceStampNow(time.place());
                    draft(byEntry, time.entry()).update(time.source(), record -> records.after(record, time, stamp));
                } catch (SkippedException gone) {
                    // The source is gone.
                }
            });
            for (EntryDraft entry : byEntry.values()) {
                entry.draft.publish(clock.millis() * NANOS_PER_MILLI);
            }
        } finally {
            byEntry.values().forEach(entry -> entry.draft.close());
        }
    }

    /** Waits until the clock has advanced since a write; the first writes come first, so that only the first call waits. */
    private static void settle(long writtenAtNanos) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(writtenAtNanos + TICK.toNanos() - System.nanoTime());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the index was updated", ended);
        }
    }

    private static Set<PathEntry> entries(List<WrittenChange> changes, List<SourceTimeChange> times) {
        Set<PathEntry> entries = new HashSet<>();
        changes.forEach(written -> entries.add(written.change().place().entry()));
        times.forEach(time -> entries.add(time.entry()));
        return entries;
    }

    private static EntryDraft draft(Map<PathEntry, EntryDraft> byEntry, PathEntry entry) {
        return Objects.requireNonNull(byEntry.get(entry));
    }

    /** The draft of one entry's index. */
    private static final class EntryDraft {

        /** How many records can be changed at the same time. */
        private static final int LOCKS = 64;

        private final Draft draft;
        private final List<Object> locks =
                Stream.generate(Object::new).limit(LOCKS).toList();

        EntryDraft(Draft draft) {
            this.draft = draft;
        }

        /** Changes a record; several threads may change the record of one source, each for another pyc. */
        void update(RawPath source, UnaryOperator<SourceRecord> change) throws IOException {
            synchronized (locks.get(Math.floorMod(source.hashCode(), LOCKS))) {
                Optional<SourceRecord> record = draft.get(source);
                if (record.isPresent()) {
                    draft.put(source, change.apply(record.get()));
                }
            }
        }
    }
}
