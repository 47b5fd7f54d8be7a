package dev.freshpyc.indexer.compile;

import static dev.freshpyc.indexer.compile.FakeWorker.GREET;
import static dev.freshpyc.indexer.compile.FakeWorker.answering;
import static dev.freshpyc.indexer.compile.FakeWorker.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.compile.CompileOutcome.BodyTooLarge;
import dev.freshpyc.indexer.compile.CompileOutcome.Compiled;
import dev.freshpyc.indexer.compile.CompileOutcome.Crashed;
import dev.freshpyc.indexer.compile.CompileOutcome.Garbled;
import dev.freshpyc.indexer.compile.CompileOutcome.TimedOut;
import dev.freshpyc.indexer.compile.CompileOutcome.TooLarge;
import dev.freshpyc.indexer.compile.CompileOutcome.Unstartable;
import dev.freshpyc.indexer.environment.Script;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import dev.freshpyc.indexer.testing.HeldPipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failing worker fails one file only, and in bounded time. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fakes are shell scripts")
@Timeout(120)
class WorkerFailureTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final CompileLimits LIMITS = CompileLimits.DEFAULT.withReply(1 << 20);
    private static final String HANG = "sleep 1000 2>&-";

    @TempDir
    private Path directory;

    @Test
    void aWorkerThatHangsIsReplaced() throws Exception {
        // Long enough for the start of the second worker; only the first worker may exceed the limit.
        var limits = LIMITS.withTime(Duration.ofSeconds(2));
        var fake = FakeWorker.of(directory, GREET + "read request\n" + HANG, answering());
        try (var workers = WorkerPool.of(1, limits)) {
            assertThat(workers.compile(fake.compiler(), request("x"))).isEqualTo(new TimedOut(limits.time()));
            assertThat(workers.compile(fake.compiler(), request("x"))).isInstanceOf(Compiled.class);
        }
        assertAllWorkersEnd(fake);
    }

    @Test
    void aWorkerThatDoesNotReadItsRequestIsKilled() throws Exception {
        var fake = FakeWorker.of(directory, GREET + HANG);
        try (var workers = WorkerPool.of(1, LIMITS.withTime(SHORT))) {
            assertThat(workers.compile(fake.compiler(), request("x".repeat(1 << 22))))
                    .isInstanceOfAny(TimedOut.class, Unstartable.class);
        }
        assertAllWorkersEnd(fake);
    }

    @Test
    void theChildrenOfAHangingWorkerAreKilled() throws Exception {
        HeldPipe pipe = HeldPipe.in(directory);
        var fake = FakeWorker.of(directory, "exec 3>" + Script.quoted(pipe.path()) + "; " + HANG + "; true");

        try (var workers = WorkerPool.of(1, LIMITS.withTime(Duration.ofSeconds(1)))) {
            assertThat(workers.compile(fake.compiler(), request("x"))).isInstanceOf(Unstartable.class);
        }

        pipe.letReaderEnd();
        assertThat(pipe.allHoldersEnded()).succeedsWithin(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"exit 3, 3", "exit 0, 0", "kill -9 $$, 137", "kill -SEGV $$, 139"})
    void aWorkerThatEndsIsReplaced(String end, int status) throws Exception {
        var fake = FakeWorker.of(directory, GREET + "read request\n" + end, answering());
        try (var workers = WorkerPool.of(1, LIMITS)) {
            assertThat(workers.compile(fake.compiler(), request("x"))).isEqualTo(new Crashed(status));
            assertThat(workers.compile(fake.compiler(), request("x"))).isInstanceOf(Compiled.class);
        }
    }

    @Test
    void aWorkerThatClosesItsOutputAndHangsIsStoppedAtTheTimeLimit() throws Exception {
        var fake = FakeWorker.of(directory, GREET + "read request\nexec >&-; " + HANG);
        try (var workers = WorkerPool.of(1, LIMITS.withTime(Duration.ofSeconds(2)))) {
            assertThat(workers.compile(fake.compiler(), request("x"))).isInstanceOf(TimedOut.class);
        }
        assertAllWorkersEnd(fake);
    }

    @Test
    void aChildThatKeepsThePipeOpenDoesNotDelayTheCaller() throws Exception {
        String child = "sleep 1000 2>&- & echo $! >" + Script.quoted(directory.resolve("child"));
        var fake = FakeWorker.of(directory, answering() + "\n" + child + "\nexit 5");
        try (var workers = WorkerPool.of(1, LIMITS.withTime(Duration.ofHours(1)))) {
            // The worker replies to the first request and ends before it replies to the second.
            assertThat(workers.compile(fake.compiler(), request("x"))).isInstanceOf(Compiled.class);
            assertThat(workers.compile(fake.compiler(), request("x"))).isEqualTo(new Crashed(5));
        } finally {
            long id =
                    Long.parseLong(Files.readString(directory.resolve("child")).strip());
            ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "echo",
                "echo null",
                "echo []",
                "echo '{]'",
                "echo '{\"id\": 1}'",
                "echo '{\"id\": 1, \"bodies\": []}'",
                "echo '{\"id\": 1, \"bodies\": [\"\"]}'",
                "echo '{\"id\": 1, \"bodies\": [\"TjA=\", \"TjA=\"]}'",
                "echo '{\"id\": 1, \"bodies\": \"TjA=\"}'",
                "echo '{\"id\": 1, \"bodies\": [\"T*A=\"]}'",
                "echo '{\"id\": 1, \"bodies\": [null]}'",
                "echo '{\"id\": 1, \"bodies\": [\"TjA=\"'",
                "echo '{\"id\": 1, \"bodies\": [\"TjA=\"]} more'",
                "echo '{\"id\": 1, \"syntax\": 7}'",
                "echo '{\"id\": 1, \"syntax\": {}}'",
                "echo '{\"id\": 99999999999, \"syntax\": \"\"}'",
                "head -c 100000 /dev/urandom; echo"
            })
    void outputThatIsNoReplyIsRefused(String garbage) throws Exception {
        var fake = FakeWorker.of(directory, GREET + "read request\n" + garbage + "\n" + HANG, answering());
        try (var workers = WorkerPool.of(1, LIMITS)) {
            assertThat(workers.compile(fake.compiler(), request("x")))
                    .isEqualTo(new Garbled("the interpreter printed no valid reply"));
            assertThat(workers.compile(fake.compiler(), request("x"))).isInstanceOf(Compiled.class);
        }
        assertAllWorkersEnd(fake);
    }

    @Test
    void aReplyToAnotherRequestIsRefused() throws Exception {
        String twice = GREET + "read request\necho '{\"id\": 1, \"bodies\": [\"TjA=\"]}'\n".repeat(2) + HANG;
        var fake = FakeWorker.of(directory, twice);
        try (var workers = WorkerPool.of(1, LIMITS)) {
            assertThat(workers.compile(fake.compiler(), request("x"))).isInstanceOf(Compiled.class);
            assertThat(workers.compile(fake.compiler(), request("y")))
                    .isEqualTo(new Garbled("the interpreter replied to another request"));
        }
    }

    @Test
    void aWorkerThatPrintsAnEndlessLineIsStopped() throws Exception {
        var fake = FakeWorker.of(directory, GREET + "read request\ncat /dev/zero");
        try (var workers = WorkerPool.of(1, LIMITS)) {
            assertThat(workers.compile(fake.compiler(), request("x")))
                    .isEqualTo(new Garbled("the interpreter printed more than " + ((1 << 20) + 8192) + " bytes"));
        }
        assertAllWorkersEnd(fake);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 127 | the interpreter ended with status 127 before it was ready",
                "cat      | the interpreter printed no valid reply",
                "cat /dev/zero | the interpreter printed more than 4096 bytes",
                "echo '{\"magic\": \"AAAA\"}'; sleep 1000 2>&- | the interpreter printed no valid reply",
                "echo '{\"magic\": \"qA0NCg==\"}'; sleep 1000 2>&- | the interpreter has magic 3496 instead of 3495"
            })
    void aProgramThatIsNoMatchingInterpreterIsStartedOnce(String body, String reason) throws Exception {
        var fake = FakeWorker.of(directory, body);
        try (var workers = WorkerPool.of(1, LIMITS)) {
            for (int i = 0; i < 3; i++) {
                assertThat(workers.compile(fake.compiler(), request("x"))).isEqualTo(new Unstartable(reason));
            }
        }
        assertThat(fake.started()).hasSize(1);
        assertAllWorkersEnd(fake);
    }

    /** Without {@code #!}, the kernel refuses the file, and {@code /bin/sh} would run it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatTheKernelRefusesIsNotStarted() throws Exception {
        var fake = FakeWorker.of(directory, answering());
        Path program = Path.of(fake.compiler().executable().toPython());
        Files.writeString(program, Files.readString(program).replace("#!/bin/sh\n", "\n"));
        try (var workers = WorkerPool.of(1, LIMITS)) {
            assertThat(workers.compile(fake.compiler(), request("x")))
                    .isInstanceOfSatisfying(
                            Unstartable.class,
                            found -> assertThat(found.reason()).contains("no program"));
        }
        assertThat(directory.resolve("starts")).doesNotExist();
    }

    @Test
    void aSilentInterpreterIsWaitedForOnce() throws Exception {
        var fake = FakeWorker.of(directory, HANG);
        try (var workers = WorkerPool.of(1, LIMITS.withTime(SHORT))) {
            for (int i = 0; i < 3; i++) {
                assertThat(workers.compile(fake.compiler(), request("x")))
                        .isEqualTo(new Unstartable("the interpreter was not ready after 300 ms"));
            }
        }
        assertThat(fake.started()).hasSizeLessThanOrEqualTo(1);
        assertAllWorkersEnd(fake);
    }

    @Test
    void aMissingInterpreterIsAnOutcome() throws Exception {
        var known = FakeWorker.of(directory, "").compiler().interpreter();
        try (var workers = WorkerPool.of(1, LIMITS)) {
            assertThat(workers.compile(new LocatedInterpreter(RawPath.of("/no/such/python"), known), request("x")))
                    .isInstanceOfSatisfying(
                            Unstartable.class, gone -> assertThat(gone.reason()).contains("No such file"));
        }
    }

    @Test
    void aSourceAboveTheSizeLimitIsNotSent() throws Exception {
        var fake = FakeWorker.of(directory, answering());
        try (var workers = WorkerPool.of(1, LIMITS.withSource(3))) {
            assertThat(workers.compile(fake.compiler(), request("four"))).isEqualTo(new TooLarge(3));
            assertThat(workers.compile(fake.compiler(), request("x=1"))).isInstanceOf(Compiled.class);
        }
    }

    @Test
    void aBodyThatIsTooLargeForTheReplyIsAnOutcome() throws Exception {
        var fake = FakeWorker.of(directory, answering("{\"id\": 1, \"large\": 3}"));
        try (var workers = WorkerPool.of(1, LIMITS.withReply(3))) {
            assertThat(workers.compile(fake.compiler(), request("x"))).isEqualTo(new BodyTooLarge(3));
        }
    }

    /** The free memory of such a worker may be fragmented, so that the worker could fail for other sources. */
    @Test
    void aWorkerThatHasUsedUpItsMemoryIsReplaced() throws Exception {
        String full = "{\"id\": 1, \"refused\": \"MemoryError\", \"message\": \"m\"}";
        var fake = FakeWorker.of(directory, answering(full), answering());
        try (var workers = WorkerPool.of(1, LIMITS)) {
            assertThat(workers.compile(fake.compiler(), request("x")))
                    .isEqualTo(new CompileOutcome.Refused("MemoryError", "m"));
            assertThat(workers.compile(fake.compiler(), request("x"))).isInstanceOf(Compiled.class);
        }
        assertThat(fake.started()).hasSize(2);
        assertAllWorkersEnd(fake);
    }

    @Test
    void longMessagesAreShortened() throws Exception {
        var fake = FakeWorker.of(
                directory, answering("{\"id\": 1, \"refused\": \"" + "E".repeat(9000) + "\", \"message\": \"m\"}"));
        try (var workers = WorkerPool.of(1, LIMITS)) {
            assertThat(workers.compile(fake.compiler(), request("x")))
                    .isEqualTo(new CompileOutcome.Refused("E".repeat(ReplyFields.MESSAGE_LIMIT), "m"));
        }
    }

    private static void assertAllWorkersEnd(FakeWorker fake) throws IOException {
        for (long id : fake.started()) {
            ProcessHandle.of(id)
                    .ifPresent(process -> assertThat(process.onExit()).succeedsWithin(60, TimeUnit.SECONDS));
        }
    }
}
