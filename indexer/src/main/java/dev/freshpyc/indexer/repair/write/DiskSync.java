package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the new files of a run are on the disk. The wait begins while further files are made, so that it is short at the end.
 */
public final class DiskSync implements AutoCloseable {

    /** After so many new files, a thread begins to wait for the disk. */
    private static final int EARLY = 2048;

    private final WriterPool writers;
    private final FileSteps steps;
    private final WrittenFileSystems fileSystems;
    private int waiting;
    private @Nullable FutureTask<Boolean> running;

    /** Waits for the file systems {@code fileSystems}, through writers of the pool. */
    public DiskSync(WriterPool writers, OutcomeTally tally, WrittenFileSystems fileSystems) {
        this.writers = writers;
        this.steps = new FileSteps(tally);
        this.fileSystems = fileSystems;
    }

    /** Waits until everything that was written so far is on the disk. */
    public void syncAll() throws IOException, InterruptedException {
        writers.forEach(
                fileSystems.places(),
                (writer, place) -> steps.run(
                        place, () -> writer.syncFileSystem(writer.tree().cache(place))));
    }

    /** Counts a new file, and begins to wait for the disk when many files are new and no thread waits already. */
    synchronized void fileMade() {
        waiting++;
        boolean free = running == null || running.state() == FutureTask.State.SUCCESS;
        if (waiting >= EARLY && free) {
            waiting = 0;
            FutureTask<Boolean> task = new FutureTask<>(() -> {
                syncAll();
                return true;
            });
            Thread.ofPlatform().name("sync-early").start(task);
            running = task;
        }
    }

    /**
     * Waits until all new files are on the disk; no further files may be made.
     *
     * @throws IOException that any wait got: the kernel reports a failure once
     */
    void finish() throws IOException, InterruptedException {
        awaitRunning();
        if (waiting > 0) {
            syncAll();
        }
    }

    private void awaitRunning() throws IOException, InterruptedException {
        FutureTask<Boolean> task = running;
        if (task == null) {
            return;
        }
        try {
            task.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException refused -> throw refused;
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }

    /** Waits for the thread that waits for the disk, so that no thread goes on after a run that failed. */
    @Override
    public void close() {
        try {
            awaitRunning();
        } catch (IOException _) {
            // Either finish has thrown this exception, or the run has failed for another reason.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
