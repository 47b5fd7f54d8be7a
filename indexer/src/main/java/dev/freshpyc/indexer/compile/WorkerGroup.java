package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.compile.CompileOutcome.Unstartable;
import dev.freshpyc.indexer.compile.WorkerPool.LiveWorkers;
import dev.freshpyc.indexer.environment.InterpreterException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The workers of one command. A worker is started when all others are busy, and serves one caller at a time. */
final class WorkerGroup {

    private final WorkerCommand command;
    private final LiveWorkers live;
    private final Runnable endIdle;
    private final Semaphore places;
    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean works;
    private volatile @Nullable Unstartable unstartable;

    /**
     * A group that has not started a worker yet.
     *
     * @param endIdle ends the idle workers of all groups
     */
    WorkerGroup(WorkerCommand command, int size, LiveWorkers live, Runnable endIdle) {
        this.command = command;
        this.live = live;
        this.endIdle = endIdle;
        this.places = new Semaphore(size);
    }

    CompileOutcome compile(CompileRequest request, List<OptimizationLevel> levels, CompileLimits limits)
            throws InterruptedException {
        EncodedRequest encoded =
                EncodedRequest.of(request, levels, limits); // before waiting: others keep the workers busy
        places.acquire();
        try {
            Unstartable known = unstartable;
            return known == null ? compileNow(encoded) : known;
        } finally {
            places.release();
        }
    }

    private CompileOutcome compileNow(EncodedRequest request) throws InterruptedException {
        Worker worker;
        try {
            worker = take();
        } catch (IOException refused) {
            return new Unstartable(InterpreterException.startFailure(refused));
        }
        try {
            return remember(worker, worker.compile(request));
        } catch (RejectedExecutionException killed) {
            throw new IllegalStateException("the pool was closed", killed);
        } finally {
            giveBack(worker);
        }
    }

    /** The worker used last, whose memory is warm; a worker that died while idle is replaced. */
    private Worker take() throws IOException {
        Worker worker = idle.pollFirst();
        while (worker != null && !worker.usable()) {
            dismiss(worker);
            worker = idle.pollFirst();
        }
        return worker == null ? start() : worker;
    }

    /** Starts a worker; where the system refuses, idle workers of other groups may hold what is needed, and are ended. */
    private Worker start() throws IOException {
        Worker worker;
        try {
            worker = Worker.start(command);
        } catch (IOException refused) {
            endIdle.run();
            worker = Worker.start(command);
        }
        live.add(worker);
        return worker;
    }

    /** Ends the workers that serve no caller now. */
    void endIdle() {
        for (Worker worker = idle.pollFirst(); worker != null; worker = idle.pollFirst()) {
            dismiss(worker);
            worker.awaitClosed();
        }
    }

    private void giveBack(Worker worker) {
        if (worker.usable()) {
            idle.addFirst(worker);
        } else {
            dismiss(worker);
        }
    }

    private void dismiss(Worker worker) {
        worker.kill();
        live.remove(worker);
    }

    /** Remembers an interpreter that never worked: each further attempt might take the whole time limit. */
    private CompileOutcome remember(Worker worker, CompileOutcome outcome) {
        live.requireOpen();
        works |= worker.greeted();
        if (outcome instanceof Unstartable failure && !works) {
            unstartable = failure;
        }
        return outcome;
    }
}
