package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The equivalences that a host knows, in a file that several processes may share. Any thread may call it. */
public final class EquivalenceStore implements AutoCloseable {

    private static final int READERS = 4;
    private static final long PATIENCE_SECONDS = 5;

    private final BlockingQueue<Lookups> readers = new LinkedBlockingQueue<>();
    private final UnihashCache cache;
    private final Duration sweepDelay;
    private final CommitQueue commits;
    private volatile boolean isClosed;

    private EquivalenceStore(CommitQueue commits, Duration lease) {
        this.commits = commits;
        cache = new UnihashCache(System::nanoTime, lease);
        sweepDelay = lease.plus(lease.dividedBy(2)); // more than the lease, for clocks that run differently
    }

    /**
     * Opens a store; a file that is missing is made.
     *
     * @throws IOException when the file cannot be used, with the reason
     */
    public static EquivalenceStore open(Path file) throws IOException {
        return open(file, UnihashCache.LEASE);
    }

    /** Opens a store that keeps answers in memory for a lease; all processes that use the file have the same. */
    static EquivalenceStore open(Path file, Duration lease) throws IOException {
        Database database = Database.open(file);
        try {
            EquivalenceStore store =
                    new EquivalenceStore(new CommitQueue(database.writer(), InstantSource.system()), lease);
            for (int count = 0; count < READERS; count++) {
                store.readers.add(new Lookups(database.reader()));
            }
            return store;
        } catch (SQLException failed) {
            throw new IOException(failed);
        }
    }

    /** The unihash of a task; empty for a task that nobody has reported. */
    public Optional<String> unihash(TaskKey task) throws IOException, InterruptedException {
        Optional<String> kept = cache.get(task);
        if (kept.isPresent()) {
            return kept;
        }
        long begun = cache.now();
        Optional<Lookups.Found> found = read(lookups -> lookups.oldest(task));
        found.ifPresent(row -> cache.put(task, row, begun));
        return found.map(Lookups.Found::unihash);
    }

    /** The unihashes of many tasks, in their order. They are not kept in memory: clients ask for many tasks once each. */
    public List<Optional<String>> unihashes(List<TaskKey> tasks) throws IOException, InterruptedException {
        return tasks.size() == 1 ? List.of(unihash(tasks.getFirst())) : read(lookups -> lookups.unihashes(tasks));
    }

    /**
     * Stores a report as today's protocol wants it, where a task never gets a second unihash: a further output of a known task stands for the
     * unihash of the task. The result is the unihash of the task.
     */
    public Optional<String> assign(Report report) throws IOException, InterruptedException {
        return commits.commit(changes -> changes.assign(report));
    }

    /**
     * Stores reports and answers questions, in their order, in one transaction. Returns when all is on disk. The answer to a report is empty
     * when it has no unihash and its output is unknown; then it is not stored.
     */
    public List<Optional<String>> answer(List<Question> questions) throws IOException, InterruptedException {
        if (questions.stream().allMatch(TaskKey.class::isInstance)) {
            return preview(questions);
        }
        return commits.commit(changes -> {
            List<Optional<String>> answers = new ArrayList<>(questions.size());
            for (Question question : questions) {
                answers.add(changes.answer(question));
            }
            return answers;
        });
    }

    /** The answers that {@link #answer} would give to each question alone; nothing is stored. */
    public List<Optional<String>> preview(List<Question> questions) throws IOException, InterruptedException {
        return read(lookups -> {
            List<Optional<String>> answers = new ArrayList<>(questions.size());
            for (Question question : questions) {
                answers.add(lookups.answer(question));
            }
            return answers;
        });
    }

    /** Stores the answer that another server gave about a task; the result is the unihash of the task, which others may have stored first. */
    public String keep(TaskKey task, String unihash) throws IOException, InterruptedException {
        return commits.commit(changes -> changes.keep(task, unihash));
    }

    /**
     * Marks rows as those that a sweep leaves, and from now on every new row. A mark is in use until its sweep; another mark takes its place.
     *
     * @param where the values that the rows have; without any, all rows are marked
     * @return how many rows had not yet the mark
     */
    public long mark(String mark, Map<Column, String> where) throws IOException, InterruptedException {
        long id = commits.commit(changes -> changes.collection().begin(mark));
        long marked = 0;
        for (RowRange range : ranges()) {
            marked += commits.commit(changes -> changes.collection().mark(id, range, where));
        }
        return marked;
    }

    /**
     * Removes the rows that have not a mark, and ends the use of the mark.
     *
     * @return how many rows were removed; empty when the mark is not in use
     */
    public OptionalLong sweep(String mark) throws IOException, InterruptedException {
        OptionalLong known = commits.commit(changes -> changes.collection().find(mark));
        if (known.isEmpty()) {
            return OptionalLong.empty();
        }
        long id = known.getAsLong();
        commits.commit(changes -> {
            changes.collection().beginSweep(id);
            return id;
        });
        Thread.sleep(sweepDelay);
        long removed = 0;
        for (RowRange range : ranges()) {
            removed += commits.commit(changes -> changes.collection().sweep(id, range));
        }
        commits.commit(changes -> {
            changes.collection().end(id);
            return id;
        });
        return OptionalLong.of(removed);
    }

    /** Rows with all that is known of them. */
    public StoredRows rows() {
        return new StoredRows(this);
    }

    /** What an administrator may change beside reports. */
    public Maintenance maintenance() {
        return new Maintenance(this, sweepDelay);
    }

    /** Who may do what. */
    public Accounts accounts() {
        return new Accounts(this);
    }

    List<RowRange> ranges() throws IOException, InterruptedException {
        return RowRange.upTo(commits.commit(Changes::youngest)).toList();
    }

    /** How much is stored. Counts all rows. */
    public StoreSize size() throws IOException, InterruptedException {
        return read(Lookups::size);
    }

    @FunctionalInterface
    interface Reading<T> {
        T of(Lookups lookups) throws SQLException;
    }

    /** Makes a change and waits until it is on disk. */
    <T> T commit(CommitQueue.Change<T> change) throws IOException, InterruptedException {
        return commits.commit(change);
    }

    /** Reads on a connection that nobody else uses meanwhile. */
    <T> T read(Reading<T> reading) throws IOException, InterruptedException {
        @Nullable Lookups lookups = isClosed ? null : readers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (lookups == null) {
            throw new IOException("all readers are busy, or the store is closed");
        }
        try {
            return reading.of(lookups);
        } catch (SQLException failed) {
            throw new IOException(failed);
        } finally {
            readers.add(lookups);
        }
    }

    /** Ends after the reads that go on; a report that was not acknowledged may be stored or not. */
    @Override
    public synchronized void close() {
        try {
            commits.close();
            for (int count = 0; count < READERS; count++) {
                @Nullable Lookups lookups = isClosed ? null : readers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (lookups != null) {
                    lookups.close();
                }
            }
            isClosed = true;
        } catch (SQLException failed) {
            throw new IllegalStateException("the equivalence store does not close", failed);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
