package dev.freshpyc.indexer.compile;

import static dev.freshpyc.indexer.compile.FakeWorker.GREET;
import static dev.freshpyc.indexer.compile.FakeWorker.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.compile.CompileOutcome.Compiled;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.environment.RealPythons;
import dev.freshpyc.indexer.environment.Script;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A pool starts a limited number of worker processes, keeps the workers for later files, and ends them when closed. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fakes are shell scripts")
@Timeout(120)
class WorkerPoolTest {

    private static final String ECHO = GREET + "id=0; while read request; do id=$((id+1));"
            + " echo \"{\\\"id\\\": $id, \\\"bodies\\\": [\\\"TjA=\\\"]}\"; done";

    @TempDir
    private Path directory;

    private final WorkerPool workers = WorkerPool.of(2, CompileLimits.DEFAULT);

    @Test
    void oneProcessServesManyFiles() throws Exception {
        var fake = FakeWorker.of(directory, ECHO);
        try (workers) {
            for (int i = 0; i < 50; i++) {
                assertThat(workers.compile(fake.compiler(), request("x"))).isInstanceOf(Compiled.class);
            }
        }
        assertThat(fake.started()).hasSize(1);
    }

    @Test
    void aPoolStartsNoMoreProcessesThanItsLimit() throws Exception {
        var fake = FakeWorker.of(directory, ECHO);
        try (workers) {
            for (Future<CompileOutcome> outcome : begin(100, () -> workers.compile(fake.compiler(), request("x")))) {
                assertThat(outcome.get()).isInstanceOf(Compiled.class);
            }
        }
        assertThat(fake.started()).hasSizeBetween(1, 2);
    }

    /** Each worker waits at a pipe for the other worker, so neither replies unless both run at the same time. */
    @Test
    void callersAreServedInParallel() throws Exception {
        Path pipe = directory.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        var fake = FakeWorker.of(
                directory,
                "if mkdir " + Script.quoted(directory.resolve("first")) + " 2>&-; then cat " + Script.quoted(pipe)
                        + " >&2; else echo >" + Script.quoted(pipe) + "; fi\n" + ECHO);
        try (workers) {
            for (Future<CompileOutcome> outcome : begin(2, () -> workers.compile(fake.compiler(), request("x")))) {
                assertThat(outcome.get()).isInstanceOf(Compiled.class);
            }
        }
    }

    @Test
    void aWorkerThatDiedWhileIdleDoesNotFailTheNextFile() throws Exception {
        var fake = FakeWorker.of(directory, ECHO);
        try (workers) {
            workers.compile(fake.compiler(), request("x"));
            ProcessHandle idle = ProcessHandle.of(fake.started().getFirst()).orElseThrow();
            idle.destroyForcibly();
            idle.onExit().get(60, TimeUnit.SECONDS);

            assertThat(workers.compile(fake.compiler(), request("x"))).isInstanceOf(Compiled.class);
        }
        assertThat(fake.started()).hasSize(2);
    }

    @Test
    void noWorkerOutlivesThePool() throws Exception {
        var fake = FakeWorker.of(directory, ECHO);
        ProcessHandle started;
        try (workers) {
            workers.compile(fake.compiler(), request("x"));
            started = ProcessHandle.of(fake.started().getFirst()).orElseThrow();
            assertThat(started.isAlive()).isTrue();
        }
        assertThat(started.onExit()).succeedsWithin(60, TimeUnit.SECONDS);
        assertThatIllegalStateException().isThrownBy(() -> workers.compile(fake.compiler(), request("x")));
    }

    @Test
    void closingThePoolEndsPendingCalls() throws Exception {
        var fake = FakeWorker.of(
                directory, GREET + "mkdir -p " + Script.quoted(directory.resolve("up")) + "; sleep 1000 2>&-");
        List<Future<CompileOutcome>> calls;
        try (workers) {
            calls = begin(3, () -> workers.compile(fake.compiler(), request("x")));
            awaitFile(directory.resolve("up"));
        }
        for (Future<CompileOutcome> call : calls) {
            assertThatThrownBy(call::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
        // A killed worker may write to the directory until it is gone.
        ProcessHandle.current()
                .children()
                .forEach(worker -> assertThat(worker.onExit()).succeedsWithin(60, TimeUnit.SECONDS));
    }

    @Test
    void anInterruptionKillsTheWorkerOfItsThread() throws Exception {
        Path up = directory.resolve("up");
        var fake = FakeWorker.of(directory, "mkdir " + Script.quoted(up) + " 2>&- && sleep 1000 2>&-\n" + ECHO);
        try (workers) {
            Thread caller = Thread.currentThread();
            begin(1, () -> {
                awaitFile(up);
                caller.interrupt();
                return caller;
            });
            assertThatThrownBy(() -> workers.compile(fake.compiler(), request("x")))
                    .isInstanceOf(InterruptedException.class);

            ProcessHandle.of(fake.started().getFirst())
                    .ifPresent(hung -> assertThat(hung.onExit()).succeedsWithin(60, TimeUnit.SECONDS));
            assertThat(workers.compile(fake.compiler(), request("x"))).isInstanceOf(Compiled.class);
        }
    }

    @Test
    void workersOfSeveralInterpretersAreKept() throws Exception {
        var fake = FakeWorker.of(directory, ECHO);
        String python = RealPythons.firstModern(RealPythons.all());
        var probed = InterpreterProbe.within(RealPythons.LIMIT).probe(python);
        var real = new LocatedInterpreter(probed.executable(), probed.interpreter());
        try (workers) {
            assertThat(workers.compile(fake.compiler(), request("x"))).isInstanceOf(Compiled.class);
            assertThat(workers.compile(real, request("x"))).isInstanceOf(Compiled.class);
            assertThat(workers.compile(fake.compiler(), request("x"))).isInstanceOf(Compiled.class);
        }
        assertThat(fake.started()).hasSize(1);
    }

    @Test
    void onlySupportedLevelsCanBeRequested() {
        var unsupported = new OptimizationLevel("x");

        assertThat(CompileRequest.canMake(unsupported)).isFalse();
        assertThat(CompileRequest.canMake(new OptimizationLevel("3"))).isTrue(); // -OOO
        for (List<OptimizationLevel> levels : List.of(List.of(unsupported), List.<OptimizationLevel>of())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CompileRequest.of(RawPath.of("x.py"), new byte[0], levels));
        }
    }

    private static <T> List<Future<T>> begin(int times, Callable<T> call) {
        ExecutorService threads =
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
        List<Future<T>> calls =
                Stream.generate(() -> threads.submit(call)).limit(times).toList();
        threads.shutdown();
        return calls;
    }

    private static void awaitFile(Path file) {
        while (!Files.exists(file)) {
            Thread.onSpinWait();
        }
    }
}
