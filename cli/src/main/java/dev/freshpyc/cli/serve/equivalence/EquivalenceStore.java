package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The equivalences that a host or a fleet knows, in a database that several processes may share. Thread-safe. */
public final class EquivalenceStore implements AutoCloseable {

    private final UnihashCache cache;
    private final Duration sweepDelay;
    private final Database database;
    private final CommitQueue commits;

    private EquivalenceStore(Database database, Duration lease) {
        this.database = database;
        commits = new CommitQueue(database);
        cache = new UnihashCache(System::nanoTime, lease);
        sweepDelay = lease.plus(lease.dividedBy(2)); // more than the lease, for clocks that run differently
    }

    /**
     * Opens a store in a SQLite file; a file that is missing is made.
     *
     * @throws IOException when the file cannot be used, with the reason
     */
    public static EquivalenceStore open(Path file) throws IOException {
        return open(file, UnihashCache.LEASE);
    }

    /** Opens a store that keeps answers in memory for a lease, which must be the same in all processes that use the file. */
    static EquivalenceStore open(Path file, Duration lease) throws IOException {
        return new EquivalenceStore(SqliteDatabase.open(file, InstantSource.system()), lease);
    }

    /**
     * Opens a store in a PostgreSQL database; tables that are missing are made.
     *
     * @param tell takes a line when the server stops answering, and when it answers again
     * @throws IOException when the database cannot be used, with the reason
     */
    public static EquivalenceStore open(PostgresAddress address, Consumer<String> tell) throws IOException {
        return open(address, UnihashCache.LEASE, tell);
    }

    /** Opens a store that keeps answers in memory for a lease, which must be the same in all processes that use the database. */
    static EquivalenceStore open(PostgresAddress address, Duration lease, Consumer<String> tell) throws IOException {
        return new EquivalenceStore(PostgresDatabase.open(address, InstantSource.system(), tell), lease);
    }

    /** The unihash of a task; empty for a task that nobody has reported. */
    public Optional<String> unihash(TaskKey task) throws IOException, InterruptedException {
        Optional<String> kept = cache.get(task);
        if (kept.isPresent()) {
            return kept;
        }
        long begun = cache.now();
        Optional<Lookups.FoundUnihash> found = database.read(lookups -> lookups.oldest(task));
        found.ifPresent(row -> cache.put(task, row, begun));
        return found.map(Lookups.FoundUnihash::unihash);
    }

    /**
     * Stores a report by today's protocol, in which a task never gets a second unihash: a further output of a known task gets the unihash of
     * the task. The result is the unihash of the task.
     */
    public Optional<String> assign(Report report) throws IOException, InterruptedException {
        return commits.commit(changes -> changes.assign(report));
    }

    /**
     * Stores reports and answers questions, in their order, in one transaction; returns when all reports are on disk. A report without a
     * unihash whose output is unknown gets an empty answer and is not stored.
     */
    public List<Optional<String>> answer(List<Question> questions) throws IOException, InterruptedException {
        if (questions.stream().allMatch(TaskKey.class::isInstance)) {
            return preview(questions);
        }
        return commits.answer(questions);
    }

    /** The answers that {@link #answer} would give to each question alone; nothing is stored. */
    public List<Optional<String>> preview(List<Question> questions) throws IOException, InterruptedException {
        return database.read(lookups -> lookups.answers(questions));
    }

    /** Stores the answers of another server about tasks. The result has the unihashes of the tasks, which others may have stored first. */
    public Map<TaskKey, String> keep(Map<TaskKey, String> told) throws IOException, InterruptedException {
        return commits.commit(changes -> changes.keep(told));
    }

    /**
     * Marks rows, and from now on every new row, so that a sweep keeps them. A mark is in use until its sweep, or until another mark
     * replaces it.
     *
     * @param where the values that the rows have; all rows are marked where there is none
     * @return how many rows did not have the mark before
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
     * Removes the rows that do not have a mark, and ends the use of the mark.
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

    /** Reads rows with all their columns. */
    public StoredRows rows() {
        return new StoredRows(this);
    }

    /** The changes that administrators make. */
    public Maintenance maintenance() {
        return new Maintenance(this, sweepDelay);
    }

    /** The users and their permissions. */
    public Accounts accounts() {
        return new Accounts(this);
    }

    /** Makes a change and waits until it is on disk. */
    <T> T commit(CommitQueue.Change<T> change) throws IOException, InterruptedException {
        return commits.commit(change);
    }

    /** Reads on a connection that nobody else uses meanwhile. */
    <T> T read(Database.RowReading<T> reading) throws IOException, InterruptedException {
        return database.read(reading);
    }

    List<RowRange> ranges() throws IOException, InterruptedException {
        return RowRange.upTo(commits.commit(WritingStatements::youngest)).toList();
    }

    /** The use of the answers in memory. */
    public CacheUse cacheUse() {
        return cache.use();
    }

    /** The size of the store. Counts all rows. */
    public StoreSize size() throws IOException, InterruptedException {
        return database.read(Lookups::size);
    }

    /** Closes the store after the running reads. A report that was not acknowledged may be stored or not. */
    @Override
    public synchronized void close() {
        try {
            if (commits.end()) {
                database.closeWriter();
            }
            database.closeReaders();
        } catch (SQLException failed) {
            throw new IllegalStateException("the equivalence store does not close", failed);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
