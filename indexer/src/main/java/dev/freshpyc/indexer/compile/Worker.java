package dev.freshpyc.indexer.compile;

import dev.freshpyc.indexer.compile.CompileOutcome.Crashed;
import dev.freshpyc.indexer.compile.CompileOutcome.Garbled;
import dev.freshpyc.indexer.compile.CompileOutcome.Refused;
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
 * A worker process and the thread that talks to the process. A separate thread, because a blocked read or write of a pipe
 * cannot be cancelled: if an orphaned descendant holds the other end open, then only that thread waits.
 */
final class Worker {

    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("compile-worker-", 0).factory();

    /**
     * How long a dead worker's output is still read. The last reply may wait in the pipe, and a surviving child may hold the
     * pipe open for ever.
     */
    private static final Executor AFTER_GRACE = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final Process process;
    private final WorkerConnection connection;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(THREADS);
    private volatile CompletableFuture<CompileOutcome> reply = new CompletableFuture<>();
    private volatile boolean usable = true;

    private Worker(Process process, WorkerConnection connection) {
        this.process = process;
        this.connection = connection;
    }

    static Worker start(WorkerCommand command) throws IOException {
        Process process = command.start();
        Worker worker = new Worker(process, new WorkerConnection(process, command.magic()));
        var _ = process.onExit().thenRunAsync(worker::endReply, AFTER_GRACE);
        return worker;
    }

    /** Compiles one source. Afterwards the worker is idle; or dead, if it broke the protocol or has used up its memory. */
    CompileOutcome compile(EncodedRequest request) throws InterruptedException {
        long end = System.nanoTime() + request.limits().time().toNanos();
        usable = false;
        try {
            CompileOutcome outcome = exchange(request, end);
            return connection.greeted() ? outcome : new Unstartable(startFailure(outcome));
        } finally {
            if (!usable) {
                kill();
            }
        }
    }

    /** Whether another request may be sent: the last was answered, and the process has not died since. */
    boolean usable() {
        return usable && process.isAlive();
    }

    /** Whether the interpreter has greeted, which proves that it works. */
    boolean greeted() {
        return connection.greeted();
    }

    /** Kills the process and its descendants. A caller that waits for a reply gets an outcome. */
    synchronized void kill() {
        usable = false;
        List<ProcessHandle> below = process.descendants().toList();
        process.toHandle().destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        if (!thread.isShutdown()) {
            thread.execute(connection::close);
            thread.shutdown();
        }
    }

    /** Waits until the pipes of an idle worker that was killed are closed, unless a child of the worker holds one. */
    void awaitClosed() {
        try {
            var _ = thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private CompileOutcome exchange(EncodedRequest request, long end) throws InterruptedException {
        Duration limit = request.limits().time();
        reply = new CompletableFuture<>();
        thread.execute(() -> completeReply(request));
        try {
            CompileOutcome outcome = reply.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            usable = !(outcome instanceof Refused refused && refused.isOutOfMemory());
            return outcome;
        } catch (TimeoutException hung) {
            return new TimedOut(limit);
        } catch (ExecutionException failed) {
            return switch (failed.getCause()) {
                case WorkerProtocol.ViolationException garbled -> new Garbled(garbled.reason());
                case IOException _ -> ended(limit, end);
                case null, default -> throw new IllegalStateException(failed);
            };
        }
    }

    private void completeReply(EncodedRequest request) {
        CompletableFuture<CompileOutcome> pending = reply;
        try {
            pending.complete(connection.exchange(request));
        } catch (Throwable failure) {
            pending.completeExceptionally(failure);
        }
    }

    private void endReply() {
        reply.completeExceptionally(new EOFException());
    }

    private CompileOutcome ended(Duration limit, long end) throws InterruptedException {
        return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)
                ? new Crashed(process.exitValue())
                : new TimedOut(limit);
    }

    private static String startFailure(CompileOutcome outcome) {
        return switch (outcome) {
            case TimedOut(Duration limit) -> "the interpreter was not ready after " + limit.toMillis() + " ms";
            case Crashed(int status) -> "the interpreter ended with status " + status + " before it was ready";
            case Garbled(String reason) -> reason;
            case CompileOutcome other -> throw new IllegalStateException("a reply before the greeting: " + other);
        };
    }
}
