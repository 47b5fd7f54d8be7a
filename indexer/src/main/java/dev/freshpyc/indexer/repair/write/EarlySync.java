package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.indexer.repair.OutcomeCollector;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Brings new files to the disk while further ones are made, so that there is little to wait for when all are there. */
public final class EarlySync implements AutoCloseable {

    /** So many at a time that waiting for a disk is worth a thread. */
    private static final int MANY = 2048;

    private final WriterPool crew;
    private final OutcomeCollector total;
    private final WrittenFileSystems fileSystems;
    private int waiting;
    private @Nullable FutureTask<Boolean> running;

    public EarlySync(WriterPool crew, OutcomeCollector total, WrittenFileSystems fileSystems) {
        this.crew = crew;
        this.total = total;
        this.fileSystems = fileSystems;
    }

    /** Counts a new file; begins with those that there are, when they are many and the last ones are on the disk. */
    public synchronized void made() {
        waiting++;
        boolean free = running == null || running.state() == FutureTask.State.SUCCESS;
        if (waiting >= MANY && free) {
            waiting = 0;
            FutureTask<Boolean> task = new FutureTask<>(this::force);
            Thread.ofPlatform().name("force-early").start(task);
            running = task;
        }
    }

    /**
     * Waits until all of them are on the disk; no more are made.
     *
     * @throws IOException that the disk reported at any time: the kernel tells of a failure once
     */
    public void finish() throws IOException, InterruptedException {
        awaitRunning();
        if (waiting > 0) {
            force();
        }
    }

    private boolean force() throws IOException, InterruptedException {
        fileSystems.force(crew, total);
        return true;
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

    /** Waits for what was begun, so that nothing of a run that breaks off goes on. */
    @Override
    public void close() {
        try {
            awaitRunning();
        } catch (IOException told) {
            // By finish, unless something else broke the run off.
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
