package dev.freshpyc.indexer.repair.record;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.repair.change.FileChange;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.Bodies;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import dev.freshpyc.indexer.repair.write.WriterPool;
import dev.freshpyc.indexer.repair.write.WrittenChange;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
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
 * Writes to the index what a repair has done. The stamp of a written file is taken after the clock of the file system has advanced,
 * so that no later change can leave an equal stamp. A short wait is enough, since the time of each write is known.
 *
 * <p>A run of several batches records a batch only when the next batch is written, since the clock has advanced then.
 */
public final class IndexUpdate implements AutoCloseable {

    /** Longer than one tick of the clock that kernels take file times from. */
    private static final Duration TICK = Duration.ofMillis(100);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final IndexStore store;
    private final Optional<RecompiledProofs> proofs;
    private final boolean compares;
    private final RepairedRecords records;
    private final WriterPool writers;
    private final ScanOptions scan;
    private final InstantSource clock;
    private final int atOnce;
    private final Map<PathEntry, EntryDraft> drafts = new HashMap<>();
    private final ArrayDeque<WrittenStep> waiting = new ArrayDeque<>();
    private int changesWaiting;

    /**
     * An update that looks at the written files through the writers of a pool.
     *
     * @param proofs takes what is proven by compiling; empty where nobody keeps proofs
     * @param atOnce how many changes wait before the first are recorded
     */
    public IndexUpdate(
            IndexStore store,
            Optional<ProofStore> proofs,
            RepairOptions options,
            WriterPool writers,
            ScanOptions scan,
            int atOnce) {
        this.store = store;
        this.proofs = proofs.map(kept -> new RecompiledProofs(kept, scan.clock()));
        this.compares = options.bodies() != Bodies.RENEW;
        this.records = new RepairedRecords(options.target());
        this.writers = writers;
        this.scan = scan;
        this.clock = scan.clock();
        this.atOnce = atOnce;
    }

    /** The changes that one step of the run made, and when the step ended. */
    private record WrittenStep(List<WrittenChange> changes, List<SourceTimeChange> times, long atNanos) {}

    /** Takes changes that were made just now, and records earlier steps. */
    public void addChanges(List<WrittenChange> changes) throws IOException, InterruptedException {
        if (compares) {
            proofs.ifPresent(kept -> changes.forEach(written -> refuteOld(kept, written.change())));
        }
        add(new WrittenStep(changes, List.of(), System.nanoTime()));
    }

    private static void refuteOld(RecompiledProofs proofs, FileChange change) {
        if (change instanceof FileChange.WholeFile whole) {
            proofs.refuteOld(whole);
        }
    }

    /** Takes source times that were set just now, and records earlier steps. */
    public void addTimes(List<SourceTimeChange> times) throws IOException, InterruptedException {
        add(new WrittenStep(List.of(), times, System.nanoTime()));
    }

    /** Takes the proof that compiling has given of two contents in an entry; {@link #publish} publishes the proof. */
    public void addProof(PathEntry entry, ProvenPair pair) {
        proofs.ifPresent(kept -> kept.add(pair, entry));
    }

    /**
     * Takes a pair of which an interpreter has made other code.
     *
     * @param believed whether the interpreter loads the body, or evidence said that it is the source's
     */
    public void addRefuted(PathEntry entry, ProvenPair pair, boolean believed) {
        proofs.ifPresent(kept -> kept.refute(pair, entry, believed));
    }

    private void add(WrittenStep step) throws IOException, InterruptedException {
        waiting.add(step);
        changesWaiting += step.changes.size();
        while (waiting.size() > 2 || (waiting.size() == 2 && changesWaiting > atOnce)) {
            recordNext();
        }
    }

    private void recordNext() throws IOException, InterruptedException {
        WrittenStep next = waiting.remove();
        changesWaiting -= next.changes.size();
        record(next);
    }

    /** Records the steps that are left, and publishes the index of each changed entry. */
    public void publish() throws IOException, InterruptedException {
        while (!waiting.isEmpty()) {
            recordNext();
        }
        for (EntryDraft entry : drafts.values()) {
            entry.draft.publish(clock.millis() * NANOS_PER_MILLI);
        }
        if (proofs.isPresent()) {
            proofs.get().publish();
        }
    }

    private void record(WrittenStep step) throws IOException, InterruptedException {
        for (PathEntry entry : entries(step.changes, step.times)) {
            if (!drafts.containsKey(entry)) {
                drafts.put(entry, new EntryDraft(store.draft(scan.indexKey(entry))));
            }
        }
        writers.forEach(step.changes, (writer, written) -> {
            FileChange change = written.change();
            settle(written.atNanos());
            try {
                FileStamp stamp = writer.stampNow(change);
                draft(change.place().entry()).update(change.place().source(), record -> after(record, change, stamp));
            } catch (SkippedException gone) {
                // The next run finds that the file is gone.
            }
        });
        writers.forEach(step.times, (writer, time) -> {
            settle(step.atNanos);
            try {
                FileStamp stamp = writer.tree().sourceStampNow(time.place());
                draft(time.entry()).update(time.source(), record -> records.after(record, time, stamp));
            } catch (SkippedException gone) {
                // The next run finds that the source is gone.
            }
        });
    }

    private SourceRecord after(SourceRecord record, FileChange change, FileStamp stamp) {
        SourceRecord next = records.after(record, change, stamp);
        if (!next.equals(record)) {
            proofs.ifPresent(kept -> add(kept, next, change));
        }
        return next;
    }

    private static void add(RecompiledProofs proofs, SourceRecord next, FileChange change) {
        switch (change) {
            case FileChange.WholeFile whole -> proofs.add(next, whole);
            case FileChange.HeaderRewrite kept -> proofs.restoreKept(kept);
        }
    }

    /** Drops what was not published. */
    @Override
    public void close() {
        proofs.ifPresent(RecompiledProofs::close);
        drafts.values().forEach(entry -> entry.draft.close());
    }

    /** Waits until the clock has advanced since a write. Writes are passed in their order, so only the first call waits. */
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

    private EntryDraft draft(PathEntry entry) {
        return Objects.requireNonNull(drafts.get(entry));
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
