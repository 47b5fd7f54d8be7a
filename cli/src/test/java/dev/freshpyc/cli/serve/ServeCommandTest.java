package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.indexer.host.ServiceManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of {@code serve}, and the start and end of its process. */
@Timeout(60)
class ServeCommandTest {

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://host/db", "jdbc:sqlite:", "/a.sqlite"})
    void anotherDatabaseIsRefused(String url, @TempDir Path directory) {
        assertThat(CommandLineRun.of("serve", "--store", url, "--index", directory, directory)
                        .complaint(2))
                .contains("--store " + url, "jdbc:sqlite:FILE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://secret@host/db",
                "jdbc:postgresql://me:secret@host/db",
                "jdbc:postgresql://host/db?password=secret",
                "jdbc:postgresql://host/db?user=me&sslpassword=secret",
                "jdbc:postgresql://host:secret/db",
                "jdbc:postgresql://host",
                "jdbc:postgresql://host/db?targetServerType=any",
            })
    void anAddressWithAPasswordIsRefusedAndNotShown(String url, @TempDir Path directory) {
        assertThat(CommandLineRun.of("serve", "--store", url, "--index", directory, directory)
                        .complaint(2))
                .contains("--store: ", "--store-password-file")
                .doesNotContain("secret");
    }

    @Test
    void anUnreachableDatabaseServerIsNamed(@TempDir Path directory) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "secret\n");
        int port = freePort();

        assertThat(CommandLineRun.of(
                                "serve",
                                "--store",
                                "jdbc:postgresql://127.0.0.1:" + port + "/builds?user=me",
                                "--store-password-file",
                                password,
                                "--index",
                                directory,
                                directory)
                        .complaint(3))
                .contains("cannot use the database of equivalences: database builds at 127.0.0.1:" + port)
                .doesNotContain("secret");
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void anEmptyPasswordFileIsRefused(@TempDir Path directory) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "\nsecret");

        assertThat(CommandLineRun.of("serve", "--store-password-file", password, "--index", directory, directory)
                        .complaint(2))
                .contains("--store-password-file " + password + ": its first line is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:8686", "ftp://host", "http://", "http://host/?a=b", "http://a b"})
    void anUpstreamThatIsNoWebAddressIsRefused(String url, @TempDir Path directory) {
        assertThat(CommandLineRun.of("serve", "--upstream", url, "--index", directory, directory)
                        .complaint(2))
                .contains("--upstream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"builds", "/a b", "/a//b", "/<a>", "/a?b"})
    void aPrefixThatIsNoPlainPathIsRefused(String prefix, @TempDir Path directory) {
        assertThat(CommandLineRun.of("serve", "--equivalence-prefix", prefix, "--index", directory, directory)
                        .complaint(2))
                .contains("--equivalence-prefix " + prefix);
    }

    @Test
    void aFileThatIsNoDatabaseIsReported(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("text"), "no database".repeat(100));

        assertThat(CommandLineRun.of("serve", "--store", "jdbc:sqlite:" + file, "--index", directory, directory)
                        .complaint(3))
                .contains("cannot use the database of equivalences: " + file, "--store");
    }

    @Test
    void aTakenPortIsReported(@TempDir Path directory) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            assertThat(CommandLineRun.of("serve", "--listen", address, "--index", directory.resolve("i"), directory)
                            .complaint(3))
                    .contains("cannot listen");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theProcessFollowsChangesAndEndsWithinTwoSecondsOfASignal(@TempDir Path directory) throws Exception {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        new Pairs(lib).fresh("a");
        Path index = directory.resolve("index");
        Process process = ProgramProcess.ofProgram(List.of(), "serve", "--listen", "127.0.0.1:0", "--index", index, lib)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = Objects.requireNonNull(out.readLine());
            assertThat(line).startsWith("listening at http://127.0.0.1:");
            RawHttp http = new RawHttp(Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
            awaitAnswer(http, lib + "/a.py", "\"known\":true");
            awaitAnswer(http, lib + "/a.py", "\"verdict\":\"fresh\""); // the pair has settled
            RawEvents events = http.events("");
            new Pairs(lib).stale("pkg/new");
            String event = events.next();
            while (event.contains(" event: refreshed ")) { // from the refresh at the start
                event = events.next();
            }
            assertThat(event)
                    .startsWith("id: ")
                    .contains(
                            " event: verdict data: {\"entry\":\"" + lib,
                            "\"source\":\"pkg/new.py\",\"pyc\":\"pkg/__pycache__/new.cpython-311.pyc\",\"tag\":\"cpython-311\"",
                            "\"before\":null,\"verdict\":\"");
            events.close();
            awaitAnswer(http, lib + "/pkg/new.py", "\"known\":true");
            awaitAnswer(http, lib + "/pkg/new.py", "\"verdict\":\"needless\""); // proven by a.py's pair
            Files.delete(lib.resolve("a.py"));
            awaitAnswer(
                    http, lib + "/a.py", "\"pycs\":[{\"tag\":\"cpython-311\",\"opt\":\"\",\"verdict\":\"orphaned\"");

            assertThat(http.post("/v1/refresh", "").status()).isEqualTo(202);
            awaitBody(http, "/v1/jobs/1", "\"state\":\"done\",\"paths\":null,\"refresh\":{\"seen\":2,");
            assertThat(http.get("/metrics").body())
                    .contains("freshpyc_refresh_seconds_count{outcome=\"complete\",scope=\"changed\"}")
                    .contains("freshpyc_watch_queue ");

            process.destroy();

            assertThat(process.waitFor(2, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theServiceManagerIsToldOfReadinessAndStop(@TempDir Path directory) throws Exception {
        Path heard = directory.resolve("heard");
        Process manager = new ProcessBuilder("python3", "-c", """
                        import socket, sys
                        known = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                        known.bind(sys.argv[1])
                        print("bound", flush=True)
                        print(known.recv(100).decode(), flush=True)
                        print(known.recv(100).decode(), flush=True)
                        """, heard.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessBuilder builder = ProgramProcess.ofProgram(
                        List.of(), "serve", "--listen", "127.0.0.1:0", "--index", directory.resolve("index"), directory)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(ServiceManager.SOCKET, heard.toString());
        try (BufferedReader messages = manager.inputReader(StandardCharsets.UTF_8)) {
            assertThat(messages.readLine()).isEqualTo("bound");
            Process service = builder.start();
            assertThat(messages.readLine()).isEqualTo("READY=1");
            service.destroy();
            assertThat(messages.readLine()).isEqualTo("STOPPING=1");
            assertThat(service.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            manager.destroyForcibly();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anUnreachableServiceManagerIsReported(@TempDir Path directory) throws Exception {
        ProcessBuilder builder = ProgramProcess.ofProgram(
                List.of(), "serve", "--listen", "127.0.0.1:0", "--index", directory.resolve("index"), directory);
        builder.environment()
                .put(ServiceManager.SOCKET, directory.resolve("nobody").toString());
        Process service = builder.start();
        try (BufferedReader err = service.errorReader(StandardCharsets.UTF_8)) {
            assertThat(err.readLine())
                    .isEqualTo("freshpyc: the service manager could not be told that the service is ready: ENOENT");
        } finally {
            service.destroy();
        }
    }

    private static void awaitAnswer(RawHttp http, String path, String part) throws Exception {
        awaitBody(http, "/v1/lookup?path=" + path, part);
    }

    private static void awaitBody(RawHttp http, String target, String part) throws Exception {
        long begun = System.nanoTime();
        String body = http.get(target).body();
        while (!body.contains(part)) {
            assertThat(System.nanoTime() - begun)
                    .as(body)
                    .isLessThan(Duration.ofSeconds(15).toNanos());
            Thread.sleep(50);
            body = http.get(target).body();
        }
    }
}
