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
            for (Pending<?> pending : group) {
                pending.apply(changes);
            }
            connection.commit();
            group.forEach(Pending::acknowledge);
        } catch (SQLException | RuntimeException failed) {
            group.forEach(pending -> pending.fail(failed));
            rollBack();
        }
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException _) {
            closed = true; // the state of the connection is unknown, so nothing is acknowledged from here on
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
