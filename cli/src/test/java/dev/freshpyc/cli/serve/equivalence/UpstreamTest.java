package dev.freshpyc.cli.serve.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.freshpyc.cli.http.BoundedClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions to an upstream server that answers, fails or stays silent. */
@Timeout(30)
class UpstreamTest {

    private static final TaskKey TASK = new TaskKey("m", "t");

    private final AtomicLong nanos = new AtomicLong(System.nanoTime());
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> told = new CopyOnWriteArrayList<>();

    private HttpServer answering(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Location", "/v1/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Upstream upstream(int port) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + port);
        return new Upstream(address, BoundedClient.of(address, Map.of()), nanos::get, told::add);
    }

    @Test
    void theUnihashOfTheTaskIsReturned() throws Exception {
        HttpServer server = answering(200, "{\"unihash\": \"u\", \"taskhash\": \"t\", \"method\": \"m\"}");
        try (Upstream upstream = upstream(server.getAddress().getPort())) {
            assertThat(upstream.unihash(TASK)).contains("u");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "<html>",
                "[]",
                "{\"taskhash\":\"t\",\"method\":\"m\"}",
                "{\"taskhash\":\"t\",\"method\":\"m\",\"unihash\":\"\"}",
                "{\"taskhash\":\"other\",\"method\":\"m\",\"unihash\":\"u\"}",
                "{\"taskhash\":\"t\",\"method\":\"m\",\"unihash\":\"\\ud800\"}",
            })
    void aBodyWithoutTheUnihashOfTheTaskIsNoAnswer(String body) throws Exception {
        HttpServer server = answering(200, body);
        try (Upstream upstream = upstream(server.getAddress().getPort())) {
            assertThat(upstream.unihash(TASK)).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 500})
    void anErrorIsNoAnswerAndNoRedirectIsFollowed(int status) throws Exception {
        HttpServer server = answering(status, "{\"unihash\": \"u\", \"taskhash\": \"t\", \"method\": \"m\"}");
        try (Upstream upstream = upstream(server.getAddress().getPort())) {
            assertThat(upstream.unihash(TASK)).isEmpty();
            assertThat(upstream.unihash(TASK)).isEmpty();
            assertThat(requests).as("asked once, then a pause").hasValue(1);
            assertThat(told)
                    .singleElement()
                    .asString()
                    .endsWith(
                            " cannot be used, and only the tasks that are known here are answered: an answer with status "
                                    + status);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aSilentServerIsNotAskedAgainDuringAPause() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                Upstream upstream = upstream(silent.getLocalPort())) {
            long begun = System.nanoTime();
            assertThat(upstream.unihash(TASK)).isEmpty();
            assertThat(upstream.unihash(TASK)).isEmpty();

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(1900), Duration.ofMillis(3500));
        }
    }

    @Test
    void aServerThatIsBackIsAskedAgainAfterThePause() throws Exception {
        HttpServer server = answering(200, "{\"unihash\": \"u\", \"taskhash\": \"t\", \"method\": \"m\"}");
        int port = server.getAddress().getPort();
        server.stop(0);
        try (Upstream upstream = upstream(port)) {
            assertThat(upstream.unihash(TASK)).isEmpty();
            HttpServer back = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            back.createContext("/v1/equivalent", exchange -> {
                byte[] bytes =
                        "{\"unihash\": \"u\", \"taskhash\": \"t\", \"method\": \"m\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            back.start();
            assertThat(upstream.unihash(TASK)).isEmpty();
            nanos.addAndGet(Duration.ofSeconds(31).toNanos());

            assertThat(upstream.unihash(TASK)).contains("u");
            assertThat(told).hasSize(2);
            assertThat(told.getFirst()).endsWith(": no connection");
            assertThat(told.getLast()).endsWith(" can be used again");
            back.stop(0);
        }
    }
}
