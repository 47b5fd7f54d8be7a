package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.SettledRefresh;
import dev.freshpyc.cli.serve.RunningService;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One machine proves a pair and reports it to a server. Another machine, with a copy of the two files and an index of
 * its own, asks the server. Imports by a real interpreter show which code runs.
 */
@EnabledOnOs(OS.LINUX)
class EquivalenceEvidenceTest {

    private static final Interpreter PYTHON = CompiledModule.PYTHON;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private Path lib = Path.of("");
    private Path copy = Path.of("");
    private Path ownIndex = Path.of("");
    private Path otherIndex = Path.of("");
    private Optional<RunningService> service = Optional.empty();

    @BeforeEach
    void startAServerAndCopyAProvenModule() throws Exception {
        lib = directory.toRealPath().resolve("lib");
        copy = lib.resolveSibling("copy");
        ownIndex = directory.resolve("own");
        otherIndex = directory.resolve("other");
        CompiledModule.make(lib, "VALUE = 'first'\n", 1_600_000_000_000L);
        CompiledModule.assumeProven(lib);
        SettledRefresh.run(ownIndex, lib);
        copy(lib, copy);
        service = Optional.of(RunningService.ofEquivalences(directory.resolve("store"), Optional.empty(), false));
    }

    @AfterEach
    void stopTheServer() {
        service.ifPresent(RunningService::close);
    }

    @Test
    void aCopyIsNeedlessIfTheServerKnowsThePair() {
        report();

        CommandLineRun refreshed = refresh(copy);

        assertThat(refreshed.err()).contains("1 pair proven by the server; in this run, 1 asked about");
        assertThat(refreshed.out()).contains("1 needless");
        assertThat(run("audit", "--index", otherIndex, "--format", "jsonl", copy)
                        .out())
                .contains("\"verdict\":\"needless\"", "\"evidence\":\"equivalence\"");
    }

    @Test
    void theOutcomeNamesTheEvidence() {
        report();

        assertThat(run("refresh", "--index", otherIndex, "--equivalence", url(), "--format", "jsonl", copy)
                        .out())
                .contains("\"verdict\":\"needless\"", "\"evidence\":\"equivalence\"");
    }

    @Test
    void aPairIsReportedOnce() {
        assertThat(report().err()).contains("1 reported");
        assertThat(report().err()).contains("0 reported");
    }

    /** Nothing but the times of young files speaks for the pair, so that the run names the next step. */
    @Test
    void aYoungPairIsReportedByALaterRun() throws Exception {
        makeYoung(CompiledModule.pyc(lib));
        assertThat(refresh(lib).err())
                .contains(
                        " and 0 reported",
                        "1 pair not reported, since files that changed less than 2 seconds ago prove nothing by their times: run"
                                + " this command again 2 seconds later");

        makeYoung(CompiledModule.pyc(lib));
        assertThat(run("refresh", "--index", otherIndex, "--equivalence", url(), "--format", "json", lib)
                        .out())
                .contains("\"equivalence\":{\"proven\":0,\"asked\":0,\"reported\":0,\"young\":1}");

        makeYoung(CompiledModule.pyc(lib));
        assertThat(run("refresh", "-q", "--index", otherIndex, "--equivalence", url(), lib)
                        .err())
                .isEmpty();
    }

    /** A comparison of contents needs no times. */
    @ParameterizedTest
    @ValueSource(strings = {"source", "pyc"})
    void aYoungPairThatWasComparedIsReportedAtOnce(String young) throws Exception {
        makeYoung(young.equals("pyc") ? CompiledModule.pyc(lib) : lib.resolve("m0.py"));
        CommandLineRun refreshed = run(
                "refresh",
                "--prove",
                "--python",
                PYTHON.executable(),
                "--index",
                otherIndex,
                "--equivalence",
                url(),
                lib);

        assertThat(refreshed.err()).contains(" and 1 reported").doesNotContain("not reported");
        assertThat(run("refresh", "--index", directory.resolve("third"), "--equivalence", url(), copy)
                        .err())
                .contains("1 pair proven by the server");
    }

    /** Sets the mtime that a file has already, which makes its ctime young. */
    private static void makeYoung(Path file) throws IOException {
        Files.setLastModifiedTime(file, Files.getLastModifiedTime(file));
    }

    /** A pair names an optimization level, and the name of a member tells none. */
    @Test
    void aMemberThatWasNotCompiledIsNotReported() {
        Path archive = lib.resolveSibling("lib.zip");
        PYTHON.launcher().run("archive_pair.py", List.of(), List.of("make", archive.toString(), "2", "hash"));

        assertThat(CommandLineRun.of("refresh", "--index", ownIndex, "--equivalence", url(), archive)
                        .err())
                .contains("0 reported");
    }

    @Test
    void aRepairOfTheCopyCompilesNothing() throws Exception {
        report();
        byte[] before = Files.readAllBytes(CompiledModule.pyc(copy));
        String planned = repair("--dry-run").out();

        String done = repair().out();

        assertThat(planned).contains("would be restamped: 1");
        assertThat(done).contains("restamped: 1, recompiled: 0");
        byte[] after = Files.readAllBytes(CompiledModule.pyc(copy));
        assertThat(Arrays.copyOfRange(after, 16, after.length))
                .isEqualTo(Arrays.copyOfRange(before, 16, before.length));
        assertThat(value()).isEqualTo("first");
    }

    @Test
    void aDryRunStoresNoAnswerOfTheServer() throws Exception {
        report();

        repair("--dry-run");

        try (Stream<Path> files = Files.exists(otherIndex) ? Files.list(otherIndex) : Stream.empty()) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".equivalents"));
        }
    }

    @Test
    void aRepairReportsThePairsThatItCompiled() {
        String done = repair("--python", PYTHON.executable().toString()).err();

        assertThat(done).contains("0 pairs proven by the server; in this run, 1 asked about and 1 reported");
    }

    @Test
    void otherCodeIsNotProven() throws Exception {
        report();
        CompiledModule.plant(CompiledModule.pyc(copy), "first", "wrong");

        assertThat(refresh(copy).out()).doesNotContain("needless");
        repair("--python", PYTHON.executable().toString());
        assertThat(value()).isEqualTo("first");
    }

    @Test
    void anotherSourceIsNotProven() throws Exception {
        report();
        Files.writeString(copy.resolve("m0.py"), "VALUE = 'other'\n");

        assertThat(refresh(copy).out()).doesNotContain("needless");
        repair("--python", PYTHON.executable().toString());
        assertThat(value()).isEqualTo("other");
    }

    /** The answer of a server is weaker evidence than a proof that this machine has recorded. */
    @Test
    void strongerEvidenceCanBeRequired() {
        report();

        assertThat(repair("--dry-run", "--require", "proof").out()).contains("would be compiled and compared: 1");
        assertThat(repair("--dry-run", "--require", "equivalence").out()).contains("would be restamped: 1");
    }

    @Test
    void aRefreshOfChangedPathsAsksTheServer() throws Exception {
        report();
        Path list = Files.writeString(directory.resolve("changed"), copy.resolve("m0.py") + "\n");

        CommandLineRun run = CommandLineRun.of(
                "refresh", "--index", otherIndex, "--equivalence", url(), "--changed-from", list, copy);

        assertThat(run.err()).contains("1 pair proven by the server");
    }

    @Test
    void aServerThatIsDownDoesNotFailTheRun() {
        String url = url();
        service.ifPresent(RunningService::close);
        service = Optional.empty();

        CommandLineRun run = CommandLineRun.of("refresh", "--index", otherIndex, "--equivalence", url, copy);

        assertThat(run.code()).isZero();
        assertThat(run.err())
                .contains("the equivalence server could not be used (no connection): the run went on without it");
    }

    @Test
    void anInvalidAnswerDoesNotFailTheRun() throws Exception {
        for (String body : new String[] {"", "null", "[]\n", "{\"unihash\":\"ab\"}\n", "null\nnull\n", "\u0000\n"}) {
            CommandLineRun run = withServerThatAnswers("HTTP/1.1 200 OK\r\nContent-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
            assertThat(run.code()).as(body).isZero();
            assertThat(run.err()).as(body).contains("(an answer that is none of the protocol)");
        }
        assertThat(withServerThatAnswers("HTTP/1.1 404 no\r\nContent-Length: 0\r\n\r\n")
                        .err())
                .contains("name a 'freshpyc serve'");
        assertThat(withServerThatAnswers("SSH-2.0-x\r\n\r\n").err()).contains("(the connection broke)");
    }

    @Test
    void theRunGoesOnAfterTwoSecondsWithoutAnAnswer() throws Exception {
        CommandLineRun run = withServerThatAnswers("");

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("(no answer within 2 s): the run went on without it");
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() throws Exception {
        assertThat(CommandLineRun.of("refresh", "--equivalence", "ftp://x", copy)
                        .complaint(2))
                .contains("--equivalence ftp://x: not the address of a server");
        assertThat(CommandLineRun.of("refresh", "--equivalence", "http://me:secret@x", copy)
                        .complaint(2))
                .contains("not the address of a server");
        assertThat(CommandLineRun.of("refresh", "--stat-only", "--equivalence", "http://x", copy)
                        .complaint(2))
                .contains("--equivalence cannot be used with --stat-only: leave one out");
        Path token = Files.writeString(directory.resolve("token"), "secret");
        assertThat(CommandLineRun.of("refresh", "--equivalence-token-file", token, copy)
                        .complaint(2))
                .contains("--equivalence-token-file needs --equivalence URL");
        assertThat(CommandLineRun.of(
                                "refresh",
                                "--equivalence",
                                "http://192.0.2.1:8686",
                                "--equivalence-token-file",
                                token,
                                copy)
                        .complaint(2))
                .contains("the network could read the token");
    }

    private CommandLineRun withServerThatAnswers(String answer) throws IOException, InterruptedException {
        Thread server;
        CommandLineRun run;
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            server = Thread.ofVirtual().start(() -> answer(listening, answer));
            run = CommandLineRun.of(
                    "refresh",
                    "--index",
                    otherIndex,
                    "--equivalence",
                    "http://127.0.0.1:" + listening.getLocalPort(),
                    copy);
        }
        server.join();
        return run;
    }

    private static void answer(ServerSocket listening, String answer) {
        try {
            while (true) {
                Socket client = listening.accept();
                client.getInputStream().readNBytes(1);
                OutputStream out = client.getOutputStream();
                out.write(answer.getBytes(StandardCharsets.UTF_8));
                out.flush();
                if (!answer.isEmpty()) {
                    client.shutdownOutput();
                }
            }
        } catch (IOException _) {
            // the test closes the socket
        }
    }

    private CommandLineRun report() {
        return CommandLineRun.of("refresh", "--index", ownIndex, "--equivalence", url(), lib);
    }

    private CommandLineRun refresh(Path entry) {
        return CommandLineRun.of("refresh", "--index", otherIndex, "--equivalence", url(), entry);
    }

    private CommandLineRun repair(String... options) {
        return run(Stream.concat(
                        Stream.of(
                                "repair", "--index", otherIndex, "--equivalence", url(), "--to", "checked-hash", copy),
                        Stream.of(options))
                .toArray());
    }

    private String url() {
        return service.orElseThrow().url().toString();
    }

    private static CommandLineRun run(Object... words) {
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.code()).as(run.err()).isLessThanOrEqualTo(1);
        return run;
    }

    private String value() {
        return CompiledModule.value(copy);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
