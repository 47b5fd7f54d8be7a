package dev.freshpyc.indexer.environment;

import static dev.freshpyc.indexer.environment.Script.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshpyc.indexer.testing.HeldPipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
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

/** Probing a program that is no working interpreter fails in bounded time, with a message of one sentence. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fakes are shell scripts")
@Timeout(120)
class InterpreterFailureTest {

    private static final Duration SHORT = Duration.ofMillis(150);

    private final InterpreterProbe probe = InterpreterProbe.within(Duration.ofSeconds(60));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "no-such-python", "/no/such/python", "nul\0character"})
    void aNameWithoutAProgramIsNotFound(String name) {
        assertThat(messageFor(name)).contains("was not found: name a Python interpreter with --python EXE");
    }

    @Test
    void controlCharactersInANameAreEscaped() {
        assertThat(messageFor("/no/\u001b[31m\nsuch")).startsWith("interpreter '/no/\\x1b[31m\\nsuch' was not found");
    }

    @Test
    void aDirectoryAndAPlainFileAreNotExecutable() throws IOException {
        Path plain = Files.writeString(directory.resolve("plain"), "");

        assertThat(messageFor(directory.toString())).contains("is not an executable file");
        assertThat(messageFor(plain.toString())).contains("is not an executable file");
    }

    @Test
    void theReasonWhyAProgramCannotStartFitsOnOneLine() {
        IOException few = new IOException(
                "Cannot run program",
                new IOException(
                        "Failed to exec spawn helper: pid: 5, exit code: 127, error: 0 (none) \nPossible reasons:"));

        assertThat(InterpreterException.startFailure(few))
                .contains("too few files may be open at once, see 'ulimit -n'")
                .doesNotContain("\n");
        assertThat(InterpreterException.startFailure(
                        new IOException("x", new IOException("error=13, Permission denied"))))
                .isEqualTo("error=13, Permission denied");
    }

    @Test
    void aScriptWithAMissingInterpreterCannotBeStarted() throws IOException {
        Path script = Path.of(Script.write(directory, "gone", ""));
        Files.writeString(script, "#!/no/such/python\n");

        assertThat(messageFor(script.toString())).contains("could not be started (");
    }

    /** What the kernel does not take for a program would be run by {@code /bin/sh}. */
    @ParameterizedTest
    @CsvSource({
        "'', 'no program'",
        "'\n\n', 'no program'",
        "'#!', 'no program'",
        "foreign, 'for another architecture'",
        "broken, 'a broken program'",
        "behind, 'for another architecture'"
    })
    @EnabledOnOs(OS.LINUX)
    void aFileThatTheKernelRefusesIsNotRunAsAShellScript(String kind, String reason) throws IOException {
        byte[] header = Arrays.copyOf(Files.readAllBytes(Path.of("/proc/self/exe")), 64);
        byte[] begin = switch (kind) {
            case "foreign" -> changed(header, 18);
            case "broken" -> changed(header, 54);
            case "behind" -> {
                Path foreign = Path.of(Script.write(directory, "foreign", ""));
                Files.write(foreign, changed(header, 18));
                yield ("#!" + foreign).getBytes(StandardCharsets.UTF_8);
            }
            case String text -> text.getBytes(StandardCharsets.UTF_8);
        };
        Path ran = directory.resolve("ran");
        Path program = Path.of(script(""));
        Files.write(program, begin);
        Files.writeString(program, "\ntouch " + quoted(ran) + "\n", StandardOpenOption.APPEND);

        assertThat(messageFor(program.toString())).contains("could not be started (it is " + reason);
        assertThat(ran).doesNotExist();
    }

    private static byte[] changed(byte[] header, int at) {
        byte[] copy = header.clone();
        copy[at] ^= 1;
        return copy;
    }

    @Test
    void aProgramWithoutOutputIsRefused() throws IOException {
        assertThat(messageFor(script("true")))
                .endsWith("did not answer as Python does: name a Python interpreter with --python EXE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat",
                "printf '%s ' \"$@\"",
                "echo Python 3.11",
                "printf '<freshpyc  freshpyc>'",
                "printf '<freshpyc 63707974686f6e 3 11 freshpyc>'",
                "printf '<freshpyc 63707974686f6e 3 x 33 a70d0d0a 2d     freshpyc>'",
                "printf '<freshpyc 63707974686f6e 3 11 33 a70d0d 2d     freshpyc>'",
                "printf '<freshpyc 63707974686f6e 3 11 33 a70d0d0a 2d     zz freshpyc>'",
                "head -c 100000 /dev/urandom"
            })
    void aProgramWithAnInvalidAnswerIsRefused(String body) throws IOException {
        assertThat(messageFor(script(body))).contains("did not answer as Python does");
    }

    @Test
    void anUnknownImplementationIsNamed() throws IOException {
        String jython = script("printf '<freshpyc 6a7974686f6e 2 7 322e37 03f30d0a 2d     freshpyc>'");

        assertThat(messageFor(jython)).contains("is jython, whose bytecode files are not known");
    }

    @Test
    void aFailureIsReportedWithItsStatusAndEscapedOutput() throws IOException {
        assertThat(messageFor(script("exit 3"))).contains("failed with exit status 3: ");
        assertThat(messageFor(script("printf 'no \\033[2Jluck\\nusage' >&2; exit 4")))
                .contains("failed with exit status 4 (no \\x1b[2Jluck): ");
        assertThat(messageFor(
                        script("printf 'Traceback (most recent call last):\\n  ...\\nOSError: why\\n' >&2; exit 1")))
                .contains("failed with exit status 1 (OSError: why): ");
        assertThat(messageFor(script("kill -9 $$"))).contains("failed with exit status 137: ");
    }

    @Test
    void longErrorOutputIsShortenedAndDoesNotBlockTheProgram() throws IOException {
        assertThat(messageFor(script("head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 1")))
                .contains("exit status 1 (xxxx")
                .hasSizeLessThan(600);
    }

    @Test
    void aProgramWithEndlessOutputIsStopped() throws IOException {
        assertThat(messageFor(script("yes"))).contains("printed more than 1 MiB and was stopped");
    }

    @Test
    void endlessErrorOutputAndClosedOutputEndAtTheTimeLimit() throws IOException {
        assertThat(messageFor(script("yes >&2"), SHORT)).contains("did not answer within 150 ms and was stopped");
        assertThat(messageFor(script("exec >&- 2>&-; sleep 1000"), SHORT)).contains("did not answer within 150 ms");
    }

    @Test
    void aProgramThatHangsIsKilledWithItsChildren() throws Exception {
        HeldPipe pipe = HeldPipe.in(directory);

        String message =
                messageFor(script("exec 3>" + quoted(pipe.path()) + "; sleep 1000; true"), Duration.ofSeconds(1));

        assertThat(message).contains("did not answer within 1 s and was stopped");
        pipe.letReaderEnd();
        assertThat(pipe.allHoldersEnded()).succeedsWithin(60, TimeUnit.SECONDS);
    }

    @Test
    void anInterruptionEndsTheProbeAndKeepsTheInterruptedStatus() throws IOException {
        String sleeping = script("sleep 1000; true");
        Thread.currentThread().interrupt();

        assertThat(messageFor(sleeping)).contains("was stopped by an interruption");
        assertThat(Thread.interrupted()).isTrue();
    }

    /**
     * A shell accepts the probe's options. The first line of the probe script keeps the shell from running the other
     * lines.
     */
    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void aShellRunsNoCommandOfTheProbeScript(String shell) throws IOException {
        Script.write(directory, "import", "touch " + quoted(directory.resolve("was-run")));

        assertThat(messageFor(script("PATH=" + quoted(directory) + " exec " + shell + " \"$@\"")))
                .contains("interpreter '");
        assertThat(directory.resolve("was-run")).doesNotExist();
    }

    private String script(String body) throws IOException {
        return Script.write(directory, "python", body);
    }

    private String messageFor(String name) {
        return messageFor(probe, name);
    }

    private static String messageFor(String name, Duration limit) {
        return messageFor(InterpreterProbe.within(limit), name);
    }

    private static String messageFor(InterpreterProbe probe, String name) {
        var failure = catchThrowableOfType(InterpreterException.class, () -> probe.probe(name));
        assertThat(failure).as(name).isNotNull();
        return String.valueOf(failure.getMessage());
    }
}
