package dev.freshpyc.indexer.repair;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Brings new files to the disk while further ones are made, so that there is little to wait for when all are there. */
final class Forcing implements AutoCloseable {

    /** So many at a time that waiting for a disk is worth a thread. */
    private static final int MANY = 2048;

    private final Crew crew;
    private final RepairTotal total;
    private List<Change> made = new ArrayList<>();
    private @Nullable FutureTask<Boolean> running;

    Forcing(Crew crew, RepairTotal total) {
        this.crew = crew;
        this.total = total;
    }

    /** Takes note of a new file; begins with those that there are, when they are many and the last ones are on the disk. */
    synchronized void add(Change change) {
        made.add(change);
        boolean free = running == null || running.state() == FutureTask.State.SUCCESS;
        if (made.size() >= MANY && free) {
            List<Change> now = made;
            made = new ArrayList<>();
            FutureTask<Boolean> task = new FutureTask<>(() -> force(now));
            Thread.ofPlatform().name("force-early").start(task);
            running = task;
        }
    }

    /**
     * Waits until all of them are on the disk; no more are added.
     *
     * @throws IOException that the disk reported at any time: the kernel tells of a failure once
     */
    void finish() throws IOException, InterruptedException {
        awaitRunning();
        force(made);
        made = List.of();
    }

    private boolean force(List<Change> files) throws IOException, InterruptedException {
        new FileSystems(crew, total).ofBytecode(files).force();
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
