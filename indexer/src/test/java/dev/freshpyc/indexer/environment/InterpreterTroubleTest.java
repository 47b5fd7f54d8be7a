package dev.freshpyc.indexer.environment;

import static dev.freshpyc.indexer.environment.Script.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and programs that are no working interpreter: each gives a message of one sentence, in bounded time. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fakes are shell scripts")
@Timeout(120)
class InterpreterTroubleTest {

    private static final Duration TINY = Duration.ofMillis(150);

    private final InterpreterProbe interpreters = InterpreterProbe.within(Duration.ofSeconds(60));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "no-such-python", "/no/such/python", "nul\0character"})
    void aNameThatLeadsNowhereIsNotFound(String name) {
        assertThat(complaint(name)).contains("was not found: give the path of a Python interpreter");
    }

    @Test
    void namesAreShownEscaped() {
        assertThat(complaint("/no/\u001b[31m\nsuch")).startsWith("interpreter '/no/\\x1b[31m\\nsuch' was not found");
    }

    @Test
    void aDirectoryAndAPlainFileAreNotExecutable() throws IOException {
        Path plain = Files.writeString(directory.resolve("plain"), "");

        assertThat(complaint(directory.toString())).contains("is not an executable file");
        assertThat(complaint(plain.toString())).contains("is not an executable file");
    }

    @Test
    void aScriptWhoseInterpreterIsGoneCannotBeStarted() throws IOException {
        Path script = Path.of(Script.write(directory, "gone", ""));
        Files.writeString(script, "#!/no/such/python\n");

        assertThat(complaint(script.toString())).contains("could not be started (");
    }

    @Test
    void aProgramThatDoesNothingIsNoPython() throws IOException {
        assertThat(complaint(script("true")))
                .endsWith("did not answer as Python does: give the path of a Python interpreter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat",
                "printf '%s ' \"$@\"",
                "echo Python 3.11",
                "printf '<freshpyc  freshpyc>'",
                "printf '<freshpyc 63707974686f6e 3 11 freshpyc>'",
                "printf '<freshpyc 63707974686f6e 3 x 33 a70d0d0a 2d  freshpyc>'",
                "printf '<freshpyc 63707974686f6e 3 11 33 a70d0d 2d  freshpyc>'",
                "printf '<freshpyc 63707974686f6e 3 11 33 a70d0d0a 2d  zz freshpyc>'",
                "head -c 100000 /dev/urandom"
            })
    void outputThatIsNoAnswerIsNoPython(String body) throws IOException {
        assertThat(complaint(script(body))).contains("did not answer as Python does");
    }

    @Test
    void anImplementationThatIsNotKnownIsNamed() throws IOException {
        String jython = script("printf '<freshpyc 6a7974686f6e 2 7 322e37 03f30d0a 2d  freshpyc>'");

        assertThat(complaint(jython)).contains("is jython, whose bytecode files are not known");
    }

    @Test
    void aFailureIsReportedWithItsStatusAndEscapedOutput() throws IOException {
        assertThat(complaint(script("exit 3"))).contains("failed with exit status 3: ");
        assertThat(complaint(script("printf 'no \\033[2Jluck\\nusage' >&2; exit 4")))
                .contains("failed with exit status 4 (no \\x1b[2Jluck): ");
        assertThat(complaint(
                        script("printf 'Traceback (most recent call last):\\n  ...\\nOSError: why\\n' >&2; exit 1")))
                .contains("failed with exit status 1 (OSError: why): ");
        assertThat(complaint(script("kill -9 $$"))).contains("failed with exit status 137: ");
    }

    @Test
    void aLongErrorOutputIsShortenedAndDoesNotBlockItsWriter() throws IOException {
        assertThat(complaint(script("head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 1")))
                .contains("exit status 1 (xxxx")
                .hasSizeLessThan(600);
    }

    @Test
    void endlessOutputIsCutShort() throws IOException {
        assertThat(complaint(script("yes"))).contains("printed more than 1 MiB and was stopped");
    }

    @Test
    void endlessErrorOutputAndClosedOutputEndAtTheTimeLimit() throws IOException {
        assertThat(complaint(script("yes >&2"), TINY)).contains("did not answer within 150 ms and was stopped");
        assertThat(complaint(script("exec >&- 2>&-; sleep 1000"), TINY)).contains("did not answer within 150 ms");
    }

    @Test
    void aProgramThatHangsIsKilledWithItsChildren() throws Exception {
        Path held = directory.resolve("held");
        new ProcessBuilder("mkfifo", held.toString()).start().waitFor();
        var allAreDead = CompletableFuture.supplyAsync(() -> readToTheEnd(held));

        // The shell and its child hold the pipe open, so the reader ends when both are dead.
        String message = complaint(script("exec 3>" + quoted(held) + "; sleep 1000; true"), Duration.ofSeconds(1));

        assertThat(message).contains("did not answer within 1 s and was stopped");
        letTheReaderGo(held);
        assertThat(allAreDead).succeedsWithin(60, TimeUnit.SECONDS);
    }

    @Test
    void anInterruptionEndsTheWaitAndKeepsTheInterruptedStatus() throws IOException {
        String sleeping = script("sleep 1000; true");
        Thread.currentThread().interrupt();

        assertThat(complaint(sleeping)).contains("was stopped by an interruption");
        assertThat(Thread.interrupted()).isTrue();
    }

    /** A shell accepts the options {@code -E -s -B}, too; only the first line of the script keeps it from running {@code import}. */
    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void aShellDoesNotRunTheScript(String shell) throws IOException {
        Script.write(directory, "import", "touch " + quoted(directory.resolve("was-run")));

        assertThat(complaint(script("PATH=" + quoted(directory) + " exec " + shell + " \"$@\"")))
                .contains("interpreter '");
        assertThat(directory.resolve("was-run")).doesNotExist();
    }

    /** Frees the reader if the script was killed before it opened the pipe. Read-write, since opening for writing would block. */
    private static void letTheReaderGo(Path pipe) throws IOException {
        new RandomAccessFile(pipe.toFile(), "rw").close();
    }

    private static byte[] readToTheEnd(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private String script(String body) throws IOException {
        return Script.write(directory, "python", body);
    }

    private String complaint(String name) {
        return complaint(interpreters, name);
    }

    private static String complaint(String name, Duration limit) {
        return complaint(InterpreterProbe.within(limit), name);
    }

    private static String complaint(InterpreterProbe asking, String name) {
        var refused = catchThrowableOfType(InterpreterException.class, () -> asking.probe(name));
        assertThat(refused).as(name).isNotNull();
        return String.valueOf(refused.getMessage());
    }
}
