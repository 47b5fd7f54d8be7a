package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends many damaged requests. Each request gets an answer of the service or the end of its connection, and the service
 * leaves no descriptor open.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "NOT RUN: descriptors are counted in /proc")
@Timeout(120)
class MalformedRequestsTest {

    private static final int REQUESTS = Integer.getInteger("freshpyc.requests", 400);
    private static final int CLIENTS = 16;

    /** The time that a client waits for the rest of an answer. A truncated request gets no answer. */
    private static final int TIMEOUT_MILLIS = 150;

    /** The number of descriptors that Jetty and the JVM may open once, independent of the requests. */
    private static final int SPARE = 24;

    private final long seed = System.nanoTime();
    private final Path directory;
    private final Path lib;
    private final List<String> requests;

    MalformedRequestsTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        lib = Files.createDirectories(directory.resolve("lib")).toRealPath();
        new Pairs(lib).fresh("a").stale("b");
        CommandLineRun.of("refresh", "-q", "--index", directory.resolve("index"), lib);
        String lookup = "{\"paths\":[\"" + lib + "/a.py\",\"" + lib + "/b.py\"]}";
        String report = "{\"method\":\"m\",\"taskhash\":\"t\",\"outhash\":\"o\",\"unihash\":\"u\"}";
        requests = List.of(
                get("/v1/lookup?path=" + lib + "/a.py"),
                get("/v1/report?entry=" + lib + "&verdict=stale,fresh&limit=2&after=a.py"),
                get("/v1/equivalent?method=m&taskhash=t"),
                get("/v1/jobs/1"),
                get("/metrics"),
                post("/v1/lookup", lookup),
                post("/v1/refresh", lookup),
                post("/v1/equivalent", report),
                post("/v1/equivalent/batch", report + "\n{\"method\":\"m\",\"taskhash\":\"t\"}\n"),
                post("/v1/equivalent/gc-mark", "{\"mark\":\"k\",\"where\":{\"method\":\"m\"}}"));
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    private static String post(String target, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void everyDamagedRequestEndsCleanly() throws Exception {
        try (RunningService service = RunningService.of(lib, directory.resolve("index"));
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            int port = service.port();
            for (String request : requests) {
                require(request, send(port, bytes(request)));
            }
            long before = Damage.openDescriptors();
            SplittableRandom random = new SplittableRandom(seed);
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                byte[] damaged = Damage.of(bytes(requests.get(random.nextInt(requests.size()))), random, 40);
                tasks.add(() -> {
                    require(new String(damaged, StandardCharsets.ISO_8859_1), send(port, damaged));
                    return null;
                });
            }
            for (Future<Void> done : clients.invokeAll(tasks)) {
                done.get();
            }

            assertThat(new RawHttp(port).get("/healthz").status()).isEqualTo(200);
            assertThat(new RawHttp(port).get("/v1/lookup?path=" + lib + "/a.py").body())
                    .contains("\"known\":true");
            Damage.requireOpenDescriptors(before + SPARE);
        }
    }

    private static byte[] bytes(String request) {
        return request.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String send(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
                InputStream in = socket.getInputStream();
                for (int b = in.read(); b >= 0; b = in.read()) {
                    answer.write(b);
                }
            } catch (SocketTimeoutException _) {
                // The service waits for the rest of the request.
            } catch (IOException _) {
                // The service has closed the connection before it read everything.
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private void require(String request, String answer) {
        assertThat(answer)
                .as("seed %d%n%s", seed, request)
                .doesNotContain("Exception", "\tat ", "jetty", "Jetty", "sqlite", "SQL")
                .satisfies(text ->
                        assertThat(text.isEmpty() || text.startsWith("HTTP/1.")).isTrue());
        if (answer.startsWith("HTTP/1.1 5")) { // 503: too much at once, 505: another version of HTTP
            assertThat(answer).as("seed %d%n%s", seed, request).containsPattern("^HTTP/1.1 50[35]");
        }
    }
}
