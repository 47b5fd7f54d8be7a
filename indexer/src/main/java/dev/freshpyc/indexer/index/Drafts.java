package dev.freshpyc.indexer.index;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.scan.ScanEntry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The next state of the index of each entry. They are opened on a thread of their own while the scan sets out, since the first
 * opening costs as much as some ten thousand system calls.
 */
final class Drafts implements AutoCloseable {

    private final Map<Integer, FutureTask<Draft>> tasks = new LinkedHashMap<>();

    Drafts(IndexStore store, List<ScanEntry> entries) {
        for (ScanEntry entry : entries) {
            tasks.put(entry.index(), new FutureTask<>(() -> store.draft(EntryPaths.canonical(entry.path()))));
        }
        Thread.ofPlatform().daemon().name("index").start(() -> tasks.values().forEach(FutureTask::run));
    }

    /**
     * The draft of an entry, waiting for it while it is being opened.
     *
     * @throws IOException when there is an index and the system does not let it be read
     */
    Draft of(ScanEntry entry) throws IOException {
        try {
            return Objects.requireNonNull(tasks.get(entry.index())).get();
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

    /** The draft, or empty when there is none to be had; why not is told when it is to be published. */
    Optional<Draft> find(ScanEntry entry) {
        try {
            return Optional.of(of(entry));
        } catch (IOException untold) {
            return Optional.empty();
        }
    }

    Optional<SourceRecord> recall(ScanEntry entry, RawPath source) {
        return find(entry).flatMap(draft -> draft.get(source));
    }

    @Override
    public void close() {
        tasks.values().forEach(task -> {
            if (task.state() == FutureTask.State.SUCCESS) {
                task.resultNow().close();
            }
        });
    }
}
