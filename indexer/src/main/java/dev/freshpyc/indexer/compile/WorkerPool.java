package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.compile.CompileOutcome.Compiled;
import dev.freshpyc.indexer.compile.CompileOutcome.TooLarge;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A pool of worker processes of any number of interpreters. Workers are started on demand and kept until the pool is closed,
 * since starting a process takes longer than compiling a file. A worker that hangs, crashes or breaks the protocol is killed
 * and replaced; only the file that it was compiling fails.
 */
public final class WorkerPool implements AutoCloseable {

    private final int size;
    private final CompileLimits limits;
    private final LiveWorkers live = new LiveWorkers();
    private final Map<WorkerCommand, WorkerGroup> groups = new ConcurrentHashMap<>();

    private WorkerPool(int size, CompileLimits limits) {
        this.size = size;
        this.limits = limits;
    }

    /**
     * An empty pool; workers are started on demand.
     *
     * @param size largest number of workers of one interpreter; for Python 2, of one interpreter and level
     */
    public static WorkerPool of(int size, CompileLimits limits) {
        return new WorkerPool(size, limits);
    }

    /**
     * Compiles one source and waits for the result; waits for a worker first if all are busy. As many workers run in parallel
     * as threads call this method.
     *
     * @throws InterruptedException if the thread is interrupted; its worker is killed
     * @throws IllegalStateException if the pool is closed before or during the call
     */
    public CompileOutcome compile(LocatedInterpreter compiler, CompileRequest request) throws InterruptedException {
        return compile(compiler, request, limits);
    }

    /** Compiles one source as above, under other limits than those of the pool. */
    public CompileOutcome compile(LocatedInterpreter compiler, CompileRequest request, CompileLimits limits)
            throws InterruptedException {
        live.requireOpen();
        if (request.source().length > limits.source()) {
            return new TooLarge(limits.source());
        }
        Map<OptimizationLevel, byte[]> bodies = new HashMap<>();
        var commands = WorkerCommand.forRequest(compiler, request);
        for (Map.Entry<WorkerCommand, List<OptimizationLevel>> command : commands.entrySet()) {
            CompileOutcome outcome = group(command.getKey()).compile(request, command.getValue(), limits);
            if (!(outcome instanceof Compiled some)) {
                return outcome;
            }
            bodies.putAll(some.bodies());
        }
        return new Compiled(bodies);
    }

    /** Kills every worker. */
    @Override
    public void close() {
        live.close();
    }

    private WorkerGroup group(WorkerCommand command) {
        return groups.computeIfAbsent(command, wanted -> new WorkerGroup(wanted, size, live, this::endIdle));
    }

    private void endIdle() {
        groups.values().forEach(WorkerGroup::endIdle);
    }

    /** Every worker process that was started and not dismissed, so that none outlives the pool. */
    static final class LiveWorkers implements AutoCloseable {

        private final Set<Worker> workers = new HashSet<>();
        private boolean closed;

        /** Adds a worker that was just started, or kills the worker if the pool is closed. */
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
}
