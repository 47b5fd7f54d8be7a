package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.Main;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed while reports arrive has stored every report that it acknowledged. */
@Timeout(300)
class EquivalenceKillTest {

    private static final int CLIENTS = 4;
    private static final int ENOUGH = Integer.getInteger("freshpyc.reports", 1_000);

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    @Test
    @EnabledOnOs(OS.LINUX)
    void everyAcknowledgedReportIsStoredAfterAKill(@TempDir Path directory) throws Exception {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        Path index = directory.resolve("index");
        Process process = ProgramProcess.of(
                        List.of(), Main.class, "serve", "--listen", "127.0.0.1:0", "--index", index, lib)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = Objects.requireNonNull(out.readLine());
            RawHttp http = new RawHttp(Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
            List<Thread> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> Thread.ofVirtual().start(() -> post(http, "client" + client)))
                    .toList();
            while (acknowledged.size() < ENOUGH) {
                assertThat(process.isAlive()).isTrue();
                Thread.sleep(5);
            }
            process.destroyForcibly().waitFor();
            for (Thread client : clients) {
                client.join();
            }
        } finally {
            process.destroyForcibly();
        }

        try (EquivalenceStore store = EquivalenceStore.open(index.resolve("equivalence.sqlite"))) {
            for (String name : acknowledged) {
                assertThat(store.unihash(new TaskKey("m", name))).contains("u" + name);
            }
            assertThat(store.size().rows()).isBetween((long) acknowledged.size(), (long) acknowledged.size() + CLIENTS);
        }
    }

    private void post(RawHttp http, String client) {
        for (int at = 0; ; at++) {
            String name = client + "-" + at;
            String body = "{\"method\":\"m\",\"taskhash\":\"" + name + "\",\"outhash\":\"o" + name
                    + "\",\"unihash\":\"u" + name + "\"}";
            try {
                if (http.post("/v1/equivalent", body).status() != 200) {
                    return;
                }
            } catch (IOException killed) {
                return;
            }
            acknowledged.add(name);
        }
    }
}
