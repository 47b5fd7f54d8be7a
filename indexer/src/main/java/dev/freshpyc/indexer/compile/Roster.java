package dev.freshpyc.indexer.compile;

import java.util.HashSet;
import java.util.Set;

/** Every worker that was started and not dismissed, so that none outlives the pool. */
final class Roster implements AutoCloseable {

    private final Set<Worker> workers = new HashSet<>();
    private boolean closed;

    /** Adds a worker that was just started; once the roster is closed, it is killed instead. */
    synchronized void add(Worker worker) {
        if (closed) {
            worker.kill();
            requireOpen();
        }
        workers.add(worker);
    }

    synchronized void remove(Worker worker) {
        workers.remove(worker);
    }

    synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the compile workers are closed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        workers.forEach(Worker::kill);
        workers.clear();
    }
}
