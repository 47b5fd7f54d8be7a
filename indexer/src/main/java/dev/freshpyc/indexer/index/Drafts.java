package dev.freshpyc.indexer.index;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.Seals;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The indexes of the entries of one run: their seals, which are read at once, and their drafts, which are opened when the
 * first record is asked for. That costs as much as some ten thousand system calls, and where nothing changed nobody asks;
 * where it is certain that somebody will, a thread of its own begins with it while the scan sets out.
 */
final class Drafts implements AutoCloseable {

    private final Map<PathEntry, Index> indexes = new LinkedHashMap<>();

    private record Index(FutureTask<Optional<Seals>> seals, FutureTask<Draft> draft) {}

    /** @param bySeals whether a directory that looks as it did needs no records */
    Drafts(IndexStore store, List<PathEntry> entries, boolean bySeals) {
        for (PathEntry entry : entries) {
            FutureTask<RawPath> path = new FutureTask<>(() -> CanonicalPath.of(entry.path()));
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

    /** What vouches for whole directories of an entry; empty when nothing does. */
    Optional<Seals> seals(PathEntry entry) {
        try {
            return done(index(entry).seals());
        } catch (IOException unreadable) {
            return Optional.empty(); // and so is the draft, which will tell
        }
    }

    /**
     * The draft of an entry, waiting for it while it is being opened.
     *
     * @throws IOException when there is an index and the system does not let it be read
     */
    Draft of(PathEntry entry) throws IOException {
        return done(index(entry).draft());
    }

    /** The draft, or empty when there is none to be had; why not is told when it is to be published. */
    Optional<Draft> find(PathEntry entry) {
        try {
            return Optional.of(of(entry));
        } catch (IOException untold) {
            return Optional.empty();
        }
    }

    Optional<SourceRecord> recall(PathEntry entry, RawPath source) {
        return find(entry).flatMap(draft -> draft.get(source));
    }

    /** Whether anybody has asked for the draft. */
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
    }

    private Index index(PathEntry entry) {
        return Objects.requireNonNull(indexes.get(entry));
    }

    private static boolean isFound(FutureTask<Optional<Seals>> seals) {
        return seals.state() == FutureTask.State.SUCCESS && seals.resultNow().isPresent();
    }

    /** The result of a task that is run here unless another thread runs it. */
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
