package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Commits changes in the order of their arrival. All changes that arrive while a commit waits for the disk share the next commit. A change
 * whose values the database refuses fails alone.
 */
final class CommitQueue {

    private static final int MOST_TOGETHER = 256;
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 10;
    private static final int PAUSE_MILLIS = 20;

    private final BlockingQueue<PendingChange> queue = new ArrayBlockingQueue<>(MOST_TOGETHER);
    private final Database database;
    private final Thread writer;
    private volatile boolean closed;

    /** A change of the database. It may be made again in another transaction where the first one could not be committed. */
    @FunctionalInterface
    interface Change<T> {
        T apply(WritingStatements changes) throws SQLException;
    }

    CommitQueue(Database database) {
        this.database = database;
        writer = Thread.ofPlatform().daemon().name("equivalence-writer").start(this::work);
    }

    /**
     * Makes a change and waits until it is on disk.
     *
     * @throws IOException when the database cannot take the change. The change is not stored then, unless the database was lost during the
     *     commit.
     */
    <T> T commit(Change<T> change) throws IOException, InterruptedException {
        var pending = new PendingChange.Other<>(change);
        put(pending);
        return pending.await();
    }

    /** Answers questions, stores reports, and waits until all reports are on disk, as {@link #commit} does. */
    List<Optional<String>> answer(List<Question> questions) throws IOException, InterruptedException {
        var pending = new PendingChange.Asked(questions);
        put(pending);
        return pending.await();
    }

    private void put(PendingChange pending) throws InterruptedException {
        queue.put(pending);
        if (closed) {
            failAll();
        }
    }

    private void work() {
        List<PendingChange> group = new ArrayList<>();
        try {
            while (!closed) {
                group.add(queue.take());
                queue.drainTo(group, MOST_TOGETHER - 1);
                commit(group);
                group.clear();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        group.forEach(pending -> pending.fail(new IOException("the store is closed")));
        failAll();
    }

    private void commit(List<PendingChange> group) throws InterruptedException {
        try {
            attempt(group);
            group.forEach(PendingChange::acknowledge);
        } catch (SQLException | RuntimeException failed) {
            if (group.size() > 1 && kind(failed) == Dialect.Failure.REFUSED) {
                for (PendingChange pending : group) {
                    commit(List.of(pending));
                }
            } else {
                group.forEach(pending -> pending.fail(failed));
            }
        }
    }

    /** Commits, and tries again where a conflict with another process's transaction has prevented the commit. */
    private void attempt(List<PendingChange> group) throws SQLException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                database.write((transactions, changes) -> applyAndCommit(group, transactions, changes));
                return;
            } catch (SQLException failed) {
                if (attempt == ATTEMPTS || kind(failed) != Dialect.Failure.CONFLICT) {
                    throw failed;
                }
                Thread.sleep(ThreadLocalRandom.current().nextInt(attempt * PAUSE_MILLIS));
            }
        }
    }

    private Dialect.Failure kind(Exception failed) {
        return failed instanceof SQLException sql ? database.dialect().kind(sql) : Dialect.Failure.REFUSED;
    }

    private static void applyAndCommit(List<PendingChange> group, Transactions transactions, WritingStatements changes)
            throws SQLException {
        transactions.begin();
        try {
            changes.begin();
            apply(group, changes);
            transactions.commit();
        } catch (SQLException | RuntimeException failed) {
            rollBack(transactions);
            throw failed;
        }
    }

    /** Makes the changes in their order. Questions and reports that follow each other are answered together. */
    private static void apply(List<PendingChange> group, WritingStatements changes) throws SQLException {
        List<PendingChange.Asked> asked = new ArrayList<>();
        for (PendingChange pending : group) {
            switch (pending) {
                case PendingChange.Asked one -> asked.add(one);
                case PendingChange.Other<?> other -> {
                    answer(asked, changes);
                    asked.clear();
                    other.apply(changes);
                }
            }
        }
        answer(asked, changes);
    }

    private static void answer(List<PendingChange.Asked> asked, WritingStatements changes) throws SQLException {
        List<Question> questions =
                asked.stream().flatMap(one -> one.questions().stream()).toList();
        List<Optional<String>> answers = questions.isEmpty() ? List.of() : changes.answers(questions);
        int at = 0;
        for (PendingChange.Asked one : asked) {
            int end = at + one.questions().size();
            one.answer(answers.subList(at, end));
            at = end;
        }
    }

    /** Rolls back, unless an error such as a full disk has ended the transaction already. */
    private static void rollBack(Transactions transactions) {
        try {
            transactions.rollBack();
        } catch (SQLException _) {
            // If the transaction goes on after all, the next begin fails, and no change is acknowledged.
        }
    }

    private void failAll() {
        List<PendingChange> rest = new ArrayList<>();
        queue.drainTo(rest);
        rest.forEach(pending -> pending.fail(new IOException("the store is closed")));
    }

    /** Takes no more changes; returns whether the last change has ended, so that its connection may be closed. */
    boolean end() throws InterruptedException {
        closed = true;
        writer.interrupt();
        return writer.join(CLOSING);
    }
}
