package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.progress.ProgressMeter.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The workers of a repair, each with a writer of its own. */
public final class WriterPool {

    /** As many at a time as make neighbours of one directory stay with one worker. */
    private static final int PORTION = 64;

    /** Threads for each worker where most of the time is spent waiting for the disk. */
    private static final int WAITING = 4;

    private final int workers;
    private final Supplier<PycWriter> writers;
    private final ProgressMeter progress;

    /** @param progress counts what is done of a stage */
    public WriterPool(int workers, Supplier<PycWriter> writers, ProgressMeter progress) {
        this.workers = workers;
        this.writers = writers;
        this.progress = progress;
    }

    /** What is done with one item. */
    public interface Task<T> {
        void run(PycWriter writer, T item) throws IOException;
    }

    /** Does something with every item; when one fails, the rest is not begun and the failure is thrown at the end. */
    public <T> void forEach(List<T> items, Task<T> task) throws IOException, InterruptedException {
        forEach(items, task, PORTION, workers);
    }

    /** The same as a stage of the run. */
    public <T> void forEach(Stage stage, List<T> items, Task<T> task) throws IOException, InterruptedException {
        progress.begin(stage, items.size());
        forEach(items, counted(task));
    }

    /** The same where every item is waited for until it is on the disk, so that a core has time for several. */
    public <T> void forEachWaiting(Stage stage, List<T> items, Task<T> task) throws IOException, InterruptedException {
        progress.begin(stage, items.size());
        forEach(items, counted(task), PORTION, WAITING * workers);
    }

    /** The same for items that each take long and mostly wait for another process. */
    public <T> void forEachSlowly(Stage stage, List<T> items, Task<T> task) throws IOException, InterruptedException {
        progress.begin(stage, items.size());
        forEach(items, counted(task), 1, 2 * workers);
    }

    private <T> Task<T> counted(Task<T> task) {
        return (writer, item) -> {
            task.run(writer, item);
            progress.step();
        };
    }

    private <T> void forEach(List<T> items, Task<T> task, int portion, int threadsWanted)
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

    private <T> void work(List<T> items, Task<T> task, int portion, AtomicInteger next, List<Throwable> failures) {
        try (PycWriter writer = writers.get()) {
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
