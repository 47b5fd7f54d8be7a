package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients send requests at once while files change below the service. Every answer is right, no answer is an
 * error, and memory stays bounded. With {@code -Dfreshpyc.rounds=120}, the test takes about a minute.
 */
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class ManyClientsTest {

    private static final int CLIENTS = 200;
    private static final int ROUNDS = Integer.getInteger("freshpyc.rounds", 2);
    private static final int PAIRS = 100;
    private static final int REFRESH_EACH = 50;

    /** The heap has 128 MiB at most; the rest is the machine code, the libraries, and the pages of SQLite. */
    private static final long MAX_RESIDENT_KIB = 400 * 1024;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path lib;
    private final Path index;
    private String url = "";

    ManyClientsTest(@TempDir Path directory) throws IOException {
        lib = Files.createDirectories(directory.resolve("lib")).toRealPath();
        index = directory.resolve("index");
        for (int at = 0; at < PAIRS; at++) {
            new Pairs(lib).fresh("pkg/stays" + at);
        }
    }

    @Test
    void everyAnswerIsRightWhileFilesChange() throws Exception {
        Process process = ProgramProcess.ofProgram(List.of(), "serve", "--listen", "127.0.0.1:0", "--index", index, lib)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String line = Objects.requireNonNull(out.readLine());
            url = line.substring(line.indexOf("http://"));
            awaitVerdicts();
            AtomicBoolean done = new AtomicBoolean();
            Future<?> changes = threads.submit(() -> change(done));
            try {
                List<Future<?>> clients = IntStream.range(0, CLIENTS)
                        .<Future<?>>mapToObj(client -> threads.submit(() -> ask(client)))
                        .toList();
                for (Future<?> client : clients) {
                    client.get();
                }
            } finally {
                done.set(true);
            }
            changes.get();

            assertThat(process.isAlive()).isTrue();
            assertThat(residentKib(process)).isLessThan(MAX_RESIDENT_KIB);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private @Nullable Void ask(int client) throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            ask(client, round);
        }
        return null;
    }

    /** Sends one request of each kind. */
    private void ask(int client, int round) throws IOException, InterruptedException {
        String path = lib + "/pkg/stays" + (client * 7 + round) % PAIRS + ".py";
        assertThat(body(get("/v1/lookup?path=" + path), 200)).contains("\"verdict\":\"fresh\"");
        String paths = IntStream.range(0, PAIRS)
                .mapToObj(at -> "\"" + lib + "/pkg/stays" + at + ".py\"")
                .collect(Collectors.joining(",", "{\"paths\":[", "]}"));
        assertThat(body(post("/v1/lookup", paths), 200).split("\"verdict\":\"fresh\"", -1))
                .hasSize(PAIRS + 1);
        assertThat(body(get("/v1/report?entry=" + lib), 200)).contains("\"freshpyc-report-1\"");

        String task = client + "-" + round;
        String question = "/v1/equivalent?method=m&taskhash=" + task;
        assertThat(body(get(question), 200)).isEqualTo("null");
        String equivalence = "{\"taskhash\":\"" + task + "\",\"method\":\"m\",\"unihash\":\"u" + task + "\"}";
        String report = "{\"method\":\"m\",\"taskhash\":\"" + task + "\",\"outhash\":\"o" + task + "\",\"unihash\":\"u"
                + task + "\"}";
        assertThat(body(post("/v1/equivalent", report), 200)).isEqualTo(equivalence);
        assertThat(body(get(question), 200)).isEqualTo(equivalence);
        if ((client + round) % REFRESH_EACH == 0) {
            body(post("/v1/refresh", ""), 202);
        }
    }

    /** Creates, removes and rewrites files until the clients are done. */
    private @Nullable Void change(AtomicBoolean done) throws IOException, InterruptedException {
        Pairs pairs = new Pairs(lib);
        for (int at = 0; !done.get(); at++) {
            pairs.stale("changes/module" + at % 20);
            if (at % 3 == 0) {
                Files.deleteIfExists(lib.resolve("changes/module" + (at + 10) % 20 + ".py"));
            }
            Thread.sleep(10);
        }
        return null;
    }

    /** Waits until every pair is fresh, since the first refresh may find racy files and prove nothing. */
    private void awaitVerdicts() throws IOException, InterruptedException {
        for (int at = 0; at < PAIRS; at++) {
            HttpRequest request = get("/v1/lookup?path=" + lib + "/pkg/stays" + at + ".py");
            while (!http.send(request, BodyHandlers.ofString()).body().contains("\"verdict\":\"fresh\"")) {
                Thread.sleep(20);
            }
        }
    }

    private HttpRequest get(String target) {
        return HttpRequest.newBuilder(URI.create(url + target)).build();
    }

    private HttpRequest post(String target, String body) {
        return HttpRequest.newBuilder(URI.create(url + target))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private String body(HttpRequest request, int status) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body();
    }

    private static long residentKib(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
