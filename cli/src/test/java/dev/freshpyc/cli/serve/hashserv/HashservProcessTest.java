package dev.freshpyc.cli.serve.hashserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.serve.equivalence.EquivalenceStore;
import dev.freshpyc.cli.serve.equivalence.TaskKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The end of a service process while clients of OEHASHEQUIV are connected. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class HashservProcessTest {

    private static final int CLIENTS = 4;
    private static final int ENOUGH = 500;

    private final Path directory;
    private final Path socket;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final CountDownLatch enough = new CountDownLatch(ENOUGH);

    HashservProcessTest(@TempDir Path directory) {
        this.directory = directory;
        this.socket = directory.resolve("hashserv.sock");
    }

    private Process start() throws IOException {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        return ProgramProcess.ofProgram(
                        List.of(),
                        "serve",
                        "--listen",
                        "127.0.0.1:0",
                        "--hashserv",
                        "unix:" + socket,
                        "--index",
                        directory.resolve("index"),
                        lib)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void awaitReadiness(BufferedReader out) throws IOException {
        assertThat(out.readLine()).startsWith("listening at http://");
        assertThat(Objects.requireNonNull(out.readLine())).isEqualTo("hash equivalence at unix://" + socket);
    }

    @Test
    void aSignalEndsTheServiceWithinTwoSecondsDespiteItsClients() throws Exception {
        Process process = start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            awaitReadiness(out);
            try (HashservClient streaming = HashservClient.of(socket);
                    HashservClient idle = HashservClient.of(socket)) {
                assertThat(streaming.ask("{\"get-stream\": null}")).isEqualTo("\"ok\"");
                assertThat(streaming.ask("m t")).isEmpty();
                assertThat(idle.ask("{\"ping\": {}}")).contains("alive");

                process.destroy();

                assertThat(process.waitFor(2, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
                assertThat(streaming.line()).isNull();
                assertThat(idle.line()).isNull();
                assertThat(socket).doesNotExist();
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void everyAcknowledgedReportIsStoredAfterAKill() throws Exception {
        Process process = start();
        List<Thread> clients = List.of();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            awaitReadiness(out);
            clients = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> Thread.ofVirtual().start(() -> report("client" + client)))
                    .toList();
            assertThat(enough.await(40, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        for (Thread client : clients) {
            client.join();
        }

        try (EquivalenceStore store = EquivalenceStore.open(directory.resolve("index/equivalence.sqlite"))) {
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);
            for (String name : acknowledged) {
                assertThat(store.unihash(new TaskKey("m", name))).contains("u" + name);
            }
        }
    }

    /** Reports until the service is gone. */
    private void report(String client) {
        try (HashservClient connection = HashservClient.of(socket)) {
            for (int at = 0; ; at++) {
                String name = client + "-" + at;
                String answer = connection.ask("{\"report\": {\"taskhash\": \"" + name
                        + "\", \"method\": \"m\", \"outhash\": \"o" + name + "\", \"unihash\": \"u" + name + "\"}}");
                if (!answer.contains("\"unihash\":\"u" + name + "\"")) {
                    return;
                }
                acknowledged.add(name);
                enough.countDown();
            }
        } catch (IOException killed) {
            // the killed service ends this client, too
        }
    }
}
