package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.compile.CompileOutcome.Unstartable;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The workers of one command, started when they are needed, each lent to one caller at a time. */
final class Team {

    private final WorkerCommand command;
    private final CompileLimits limits;
    private final Roster roster;
    private final Semaphore places;
    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean proven;
    private volatile @Nullable Unstartable hopeless;

    Team(WorkerCommand command, int size, CompileLimits limits, Roster roster) {
        this.command = command;
        this.limits = limits;
        this.roster = roster;
        this.places = new Semaphore(size);
    }

    CompileOutcome compile(CompileRequest request, List<OptimizationLevel> levels) throws InterruptedException {
        Question question = Question.of(request, levels); // while the workers are busy with others
        places.acquire();
        try {
            Unstartable known = hopeless;
            return known == null ? compileNow(question) : known;
        } finally {
            places.release();
        }
    }

    private CompileOutcome compileNow(Question question) throws InterruptedException {
        Worker worker;
        try {
            worker = borrow();
        } catch (IOException refused) {
            return new Unstartable(why(refused));
        }
        try {
            return learn(worker, worker.compile(question, limits));
        } catch (RejectedExecutionException killed) {
            throw new IllegalStateException("the pool was closed", killed);
        } finally {
            giveBack(worker);
        }
    }

    /** The one used last, whose memory is warm; one that died while it was idle is no fault of the next file. */
    private Worker borrow() throws IOException {
        Worker worker = idle.pollFirst();
        while (worker != null && !worker.usable()) {
            dismiss(worker);
            worker = idle.pollFirst();
        }
        return worker == null ? start() : worker;
    }

    private Worker start() throws IOException {
        Worker worker = Worker.start(command);
        roster.add(worker);
        return worker;
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
        roster.remove(worker);
    }

    /** An interpreter that never worked is not tried for every file: it may take the whole time limit to fail. */
    private CompileOutcome learn(Worker worker, CompileOutcome outcome) {
        roster.requireOpen();
        proven |= worker.greeted();
        if (outcome instanceof Unstartable unstartable && !proven) {
            hopeless = unstartable;
        }
        return outcome;
    }

    /** What the system said, without the name of the program, which Java puts before it unescaped. */
    private static String why(IOException refused) {
        Throwable cause = Objects.requireNonNullElse(refused.getCause(), refused);
        return Objects.requireNonNullElse(cause.getMessage(), "no reason given");
    }
}
