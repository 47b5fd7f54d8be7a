package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ProofDraft;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation.Seals;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The indexes of the entries of one run. The seals are read at once. A draft is opened with the first request for a record,
 * because no record is requested where nothing has changed. An entry without seals will need its draft: a thread opens the
 * draft while the scan begins.
 */
final class Drafts implements AutoCloseable {

    private final Map<PathEntry, Index> indexes = new LinkedHashMap<>();
    private final Optional<ProofDraft> proofs;
    private final long refutedAtNanos;

    private record Index(FutureTask<Optional<Seals>> seals, FutureTask<Draft> draft) {}

    /**
     * The indexes of some entries.
     *
     * @param bySeals whether a directory whose fingerprint matches its seal needs no records
     * @param proofs collects what the run proves; closed with the drafts
     */
    Drafts(IndexStore store, List<PathEntry> entries, ScanOptions scan, boolean bySeals, Optional<ProofDraft> proofs) {
        this.proofs = proofs;
        this.refutedAtNanos = bySeals ? proofs.map(ProofDraft::refutedAtNanos).orElse(Long.MIN_VALUE) : Long.MIN_VALUE;
        for (PathEntry entry : entries) {
            FutureTask<RawPath> path = new FutureTask<>(() -> scan.indexKey(entry));
            indexes.put(
                    entry,
                    new Index(
                            new FutureTask<>(() -> bySeals ? store.seals(done(path)) : Optional.empty()),
                            new FutureTask<>(() -> store.draft(done(path)))));
        }
        Thread.ofPlatform().daemon().name("index").start(this::begin);
    }

    private void begin() {
        indexes.values().forEach(index -> index.seals().run());
        for (Index index : indexes.values()) {
            if (!isFound(index.seals())) {
                index.draft().run();
            }
        }
    }

    /**
     * The seals of an entry's directories, where an unchanged seal means that no record has to change. Empty if the
     * entry has no index, or if a pair was refuted since the last run: a refutation changes records of unchanged files.
     */
    Optional<Seals> currentSeals(PathEntry entry) {
        return seals(entry).filter(seals -> seals.info().checkedAtNanos() > refutedAtNanos);
    }

    /** The seals of an entry's directories; empty when the entry has no index. */
    Optional<Seals> seals(PathEntry entry) {
        try {
            return done(index(entry).seals());
        } catch (IOException unreadable) {
            return Optional.empty(); // the draft is unreadable as well, and its failure is reported
        }
    }

    /**
     * The draft of an entry; waits while another thread opens it.
     *
     * @throws IOException when there is an index and the system refuses to read it
     */
    Draft of(PathEntry entry) throws IOException {
        return done(index(entry).draft());
    }

    /** The draft; empty when it cannot be opened, which is reported when the draft is to be published. */
    Optional<Draft> find(PathEntry entry) {
        try {
            return Optional.of(of(entry));
        } catch (IOException untold) {
            return Optional.empty();
        }
    }

    /** The record of a source; empty also where it cannot be read, which is reported when the draft is to be published. */
    Optional<SourceRecord> recall(PathEntry entry, RawPath source) {
        try {
            return of(entry).get(source);
        } catch (IOException untold) {
            return Optional.empty();
        }
    }

    /** Collects what the run proves; empty where nobody keeps proofs. */
    Optional<ProofDraft> proofs() {
        return proofs;
    }

    /** Whether the draft was requested. */
    boolean isOpened(PathEntry entry) {
        return index(entry).draft().isDone();
    }

    @Override
    public void close() {
        for (Index index : indexes.values()) {
            if (index.draft().state() == FutureTask.State.SUCCESS) {
                index.draft().resultNow().close();
            }
        }
        try {
            if (proofs.isPresent()) {
                proofs.get().close();
            }
        } catch (IOException _) {
            // Temporary files that a later run deletes.
        }
    }

    private Index index(PathEntry entry) {
        return Objects.requireNonNull(indexes.get(entry));
    }

    /** Whether there are seals; waits while another thread reads them, since a draft would be opened in vain. */
    private static boolean isFound(FutureTask<Optional<Seals>> seals) {
        try {
            return seals.get().isPresent();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException unreadable) {
            return false;
        }
    }

    /** Runs a task, or waits for the thread that runs it; returns the result. */
    private static <T> T done(FutureTask<T> task) throws IOException {
        task.run();
        try {
            return task.get();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the index was opened", ended);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException refused) {
                throw refused;
            }
            throw new IllegalStateException("the index could not be opened", failed.getCause());
        }
    }
}
