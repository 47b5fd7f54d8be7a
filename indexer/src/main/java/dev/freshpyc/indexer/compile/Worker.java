package dev.freshpyc.indexer.compile;

import dev.freshpyc.indexer.compile.CompileOutcome.Crashed;
import dev.freshpyc.indexer.compile.CompileOutcome.Garbled;
import dev.freshpyc.indexer.compile.CompileOutcome.TimedOut;
import dev.freshpyc.indexer.compile.CompileOutcome.Unstartable;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One process that compiles, and the thread that talks to it. A thread, because neither a read nor a write of a pipe can
 * be given up: should a process that escaped hold the other end for ever, then only that thread waits.
 */
final class Worker {

    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("compile-worker-", 0).factory();

    /**
     * A dead process has said all that it will say, but a child of it that was not killed in time may hold the pipe open;
     * this long, what is still in the pipe is waited for.
     */
    private static final Executor AFTER_GRACE = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final Process process;
    private final Conversation conversation;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(THREADS);
    private volatile CompletableFuture<CompileOutcome> answer = new CompletableFuture<>();
    private volatile boolean usable = true;

    private Worker(Process process, Conversation conversation) {
        this.process = process;
        this.conversation = conversation;
    }

    static Worker start(WorkerCommand command) throws IOException {
        Process process = command.start();
        Worker worker = new Worker(process, new Conversation(process, command.magic()));
        var _ = process.onExit().thenRunAsync(worker::giveUp, AFTER_GRACE);
        return worker;
    }

    /** Compiles one source. A worker that does not answer as it should is dead when this returns. */
    CompileOutcome compile(Question question, CompileLimits limits) throws InterruptedException {
        long end = System.nanoTime() + limits.time().toNanos();
        usable = false;
        try {
            CompileOutcome outcome = ask(question, limits, end);
            return conversation.greeted() ? outcome : new Unstartable(whyNot(outcome));
        } finally {
            if (!usable) {
                kill();
            }
        }
    }

    /** Whether it may be asked again: it answered, and it did not die since, perhaps for want of memory. */
    boolean usable() {
        return usable && process.isAlive();
    }

    /** Whether the interpreter has shown that it works. */
    boolean greeted() {
        return conversation.greeted();
    }

    /** Kills the process and what it started. Whoever waits for its answer learns that it ended. */
    synchronized void kill() {
        usable = false;
        List<ProcessHandle> below = process.descendants().toList();
        process.toHandle().destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        if (!thread.isShutdown()) {
            thread.execute(conversation::close);
            thread.shutdown();
        }
    }

    private CompileOutcome ask(Question question, CompileLimits limits, long end) throws InterruptedException {
        answer = new CompletableFuture<>();
        thread.execute(() -> talk(question, limits.reply()));
        try {
            CompileOutcome outcome = answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            usable = true;
            return outcome;
        } catch (TimeoutException hung) {
            return new TimedOut(limits.time());
        } catch (ExecutionException failed) {
            return switch (failed.getCause()) {
                case GarbledException garbled -> new Garbled(garbled.reason());
                case IOException _ -> ended(limits.time(), end);
                case null, default -> throw new IllegalStateException(failed);
            };
        }
    }

    private void talk(Question question, int limit) {
        CompletableFuture<CompileOutcome> asked = answer;
        try {
            asked.complete(conversation.ask(question, limit));
        } catch (Throwable failure) {
            asked.completeExceptionally(failure);
        }
    }

    private void giveUp() {
        answer.completeExceptionally(new EOFException());
    }

    private CompileOutcome ended(Duration limit, long end) throws InterruptedException {
        return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)
                ? new Crashed(process.exitValue())
                : new TimedOut(limit);
    }

    private static String whyNot(CompileOutcome outcome) {
        return switch (outcome) {
            case TimedOut(Duration limit) -> "it was not ready after " + limit.toMillis() + " ms";
            case Crashed(int status) -> "it ended with status " + status + " before it was ready";
            case Garbled(String reason) -> reason;
            case CompileOutcome other -> throw new IllegalStateException("an answer before the greeting: " + other);
        };
    }
}
