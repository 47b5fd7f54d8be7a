package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Commits changes in the order of their arrival: those that arrive while a commit waits for the disk share the next one. */
final class CommitQueue implements AutoCloseable {

    private static final int MOST_TOGETHER = 256;
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final BlockingQueue<Pending<?>> queue = new ArrayBlockingQueue<>(MOST_TOGETHER);
    private final Connection connection;
    private final Transactions transactions;
    private final Changes changes;
    private final Thread writer;
    private volatile boolean closed;

    /** A change of the database. */
    @FunctionalInterface
    interface Change<T> {
        T apply(Changes changes) throws SQLException;
    }

    /** A change whose caller waits. */
    private static final class Pending<T> {
        private final Change<T> change;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private volatile Runnable acknowledgement = () -> {};

        Pending(Change<T> change) {
            this.change = change;
        }

        void apply(Changes changes) throws SQLException {
            T result = change.apply(changes);
            acknowledgement = () -> done.complete(result);
        }

        void acknowledge() {
            acknowledgement.run();
        }

        void fail(Exception cause) {
            done.completeExceptionally(cause);
        }
    }

    CommitQueue(Connection connection, InstantSource clock) throws SQLException {
        this.connection = connection;
        transactions = new Transactions(connection);
        changes = new Changes(connection, clock);
        writer = Thread.ofPlatform().daemon().name("equivalence-writer").start(this::work);
    }

    /**
     * Makes a change and waits until it is on disk.
     *
     * @throws IOException when the database cannot take it; then nothing of it is stored
     */
    <T> T commit(Change<T> change) throws IOException, InterruptedException {
        Pending<T> pending = new Pending<>(change);
        queue.put(pending);
        if (closed) {
            failAll();
        }
        try {
            return pending.done.get();
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }

    private void work() {
        List<Pending<?>> group = new ArrayList<>();
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
        failAll();
    }

    private void commit(List<Pending<?>> group) {
        try {
            transactions.begin();
            applyAndCommit(group);
            group.forEach(Pending::acknowledge);
        } catch (SQLException | RuntimeException failed) {
            group.forEach(pending -> pending.fail(failed));
        }
    }

    private void applyAndCommit(List<Pending<?>> group) throws SQLException {
        try {
            for (Pending<?> pending : group) {
                pending.apply(changes);
            }
            transactions.commit();
        } catch (SQLException | RuntimeException failed) {
            rollBack();
            throw failed;
        }
    }

    /** Some errors, such as a full disk, have ended the transaction already; then there is nothing to roll back. */
    private void rollBack() {
        try {
            transactions.rollBack();
        } catch (SQLException _) {
            // the next begin fails if a transaction goes on in spite of all, and nothing is acknowledged
        }
    }

    private void failAll() {
        List<Pending<?>> rest = new ArrayList<>();
        queue.drainTo(rest);
        rest.forEach(pending -> pending.fail(new IOException("the store is closed")));
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        writer.interrupt();
        try {
            if (writer.join(CLOSING)) {
                connection.close();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
