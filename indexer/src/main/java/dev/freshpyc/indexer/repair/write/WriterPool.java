package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.indexer.host.Descriptors;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.progress.ProgressMeter.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Runs tasks on threads that each have a {@link FileRewriter}; on fewer threads than wanted where few files may be open. */
public final class WriterPool {

    /** How many items a thread takes at once, so that the files of one directory stay with one thread. */
    private static final int PORTION = 64;

    /** How many threads run for each core where tasks wait for the disk most of the time. */
    private static final int WAITING = 4;

    private final int workers;
    private final Supplier<FileRewriter> writers;
    private final ProgressMeter progress;

    /**
     * A pool that makes its writers when they are needed.
     *
     * @param progress counts the finished items of a stage
     */
    public WriterPool(int workers, Supplier<FileRewriter> writers, ProgressMeter progress) {
        this.workers = workers;
        this.writers = writers;
        this.progress = progress;
    }

    /** A task that is run with each item. */
    @FunctionalInterface
    public interface WriterTask<T> {
        /** Runs the task with one item. */
        void run(FileRewriter writer, T item) throws IOException;
    }

    /** Runs a task with every item. When an item fails, no further item is begun, and the failure is thrown at the end. */
    public <T> void forEach(List<T> items, WriterTask<T> task) throws IOException, InterruptedException {
        forEach(items, task, PORTION, Descriptors.threads(workers));
    }

    /** Runs a task with every item and shows the stage as progress. */
    <T> void forEach(Stage stage, List<T> items, WriterTask<T> task) throws IOException, InterruptedException {
        progress.begin(stage, items.size());
        forEach(items, counted(task));
    }

    /** Runs a stage whose tasks wait for the disk: on more threads than there are cores. */
    <T> void forEachWaiting(Stage stage, List<T> items, WriterTask<T> task) throws IOException, InterruptedException {
        progress.begin(stage, items.size());
        forEach(items, counted(task), PORTION, Descriptors.threads(WAITING * workers));
    }

    /** Runs a stage whose tasks wait for other processes: threads take one item at a time. */
    <T> void forEachSlowly(Stage stage, List<T> items, WriterTask<T> task) throws IOException, InterruptedException {
        progress.begin(stage, items.size());
        forEach(items, counted(task), 1, Descriptors.threadsWithProcesses(2 * workers));
    }

    private <T> WriterTask<T> counted(WriterTask<T> task) {
        return (writer, item) -> {
            task.run(writer, item);
            progress.step();
        };
    }

    private <T> void forEach(List<T> items, WriterTask<T> task, int portion, int threadsWanted)
            throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        int needed = Math.min(threadsWanted, Math.ceilDiv(items.size(), portion));
        for (int i = 0; i < needed; i++) {
            threads.add(Thread.ofPlatform().name("write-" + i).start(() -> work(items, task, portion, next, failures)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        rethrow(failures);
    }

    private <T> void work(
            List<T> items, WriterTask<T> task, int portion, AtomicInteger next, List<Throwable> failures) {
        try (FileRewriter writer = writers.get()) {
            for (int begin = next.getAndAdd(portion);
                    begin < items.size() && begin >= 0;
                    begin = next.getAndAdd(portion)) {
                for (T item : items.subList(begin, Math.min(begin + portion, items.size()))) {
                    task.run(writer, item);
                }
            }
        } catch (IOException | RuntimeException | Error broken) {
            next.set(items.size());
            synchronized (failures) {
                failures.add(broken);
            }
        }
    }

    private static void rethrow(List<Throwable> failures) throws IOException {
        if (!failures.isEmpty()) {
            switch (failures.getFirst()) {
                case IOException refused -> throw refused;
                case RuntimeException defect -> throw defect;
                case Error error -> throw error;
                default -> throw new IllegalStateException(failures.getFirst());
            }
        }
    }
}
