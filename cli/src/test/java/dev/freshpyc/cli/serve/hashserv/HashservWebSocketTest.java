package dev.freshpyc.cli.serve.hashserv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.cli.serve.Access;
import dev.freshpyc.cli.serve.ListenAddress;
import dev.freshpyc.cli.serve.TestCertificate;
import dev.freshpyc.cli.serve.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OEHASHEQUIV over WebSockets, with the WebSocket client of the JDK. */
@Timeout(60)
class HashservWebSocketTest implements WebSocket.Listener {

    private final RunningHashserv service;
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();

    HashservWebSocketTest(@TempDir Path directory) throws IOException {
        service = RunningHashserv.at(directory, "ws://127.0.0.1:0");
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        service.close();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            received.add(part.toString());
            part.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        received.add("closed " + status);
        return null;
    }

    private WebSocket connect() throws Exception {
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + service.port() + "/ws"), this)
                .get();
        for (String line : new String[] {"OEHASHEQUIV 1.1", "needs-headers: false", ""}) {
            socket.sendText(line, true).get();
        }
        return socket;
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(received.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void eachTextIsAMessage() throws Exception {
        WebSocket socket = connect();
        String info = "x ".repeat(100_000);
        socket.sendText(
                        "{\"report\": {\"taskhash\": \"t\", \"method\": \"m\", \"outhash\": \"o\", \"unihash\": \"u\","
                                + " \"outhash_siginfo\": \"" + info + "\"}}",
                        true)
                .get();
        assertThat(next()).isEqualTo("{\"taskhash\":\"t\",\"method\":\"m\",\"unihash\":\"u\"}");
        socket.sendText("{\"get-outhash\": {\"method\": ", false).get();
        socket.sendText("\"m\", \"outhash\": \"o\"}}", true).get();
        assertThat(next()).contains(info);

        socket.sendText("{\"get-stream\": null}", true).get();
        assertThat(next()).isEqualTo("\"ok\"");
        for (String line : new String[] {"m t", "m x", "END"}) {
            socket.sendText(line, true).get();
        }
        assertThat(next()).isEqualTo("u");
        assertThat(next()).isEmpty();
        assertThat(next()).isEqualTo("ok");

        socket.sendText("{\"nope\": 1}", true).get();
        assertThat(next()).contains("invoke-error");
        assertThat(next()).isEqualTo("closed 1000");
    }

    @Test
    void theServicePresentsItsCertificateOverTls(@TempDir Path keys) throws Exception {
        TestCertificate certificate = TestCertificate.in(keys, "rsa:2048");
        Access access = new Access(
                ListenAddress.of("127.0.0.1:0"), Optional.of(certificate.identity()), Tokens.NOT_NEEDED, Set.of());
        try (RunningHashserv secure =
                        RunningHashserv.start(keys, "wss://127.0.0.1:0", access, false, ConnectionLimits.DEFAULT);
                HttpClient trusting = HttpClient.newBuilder()
                        .sslContext(certificate.trusting())
                        .build()) {
            assertThat(secure.service().addresses()).containsExactly("wss://127.0.0.1:" + secure.port());
            URI address = URI.create("wss://localhost:" + secure.port());
            WebSocket socket =
                    trusting.newWebSocketBuilder().buildAsync(address, this).get();
            for (String line : new String[] {"OEHASHEQUIV 1.1", "", "{\"ping\": {}}"}) {
                socket.sendText(line, true).get();
            }
            assertThat(next()).isEqualTo("{\"alive\":true}");
            socket.abort();

            assertThatThrownBy(() ->
                            http.newWebSocketBuilder().buildAsync(address, this).get())
                    .hasRootCauseInstanceOf(CertPathBuilderException.class);
        }
    }

    @Test
    void aWebPageOfAnotherSiteIsRefused() {
        assertThatThrownBy(() -> http.newWebSocketBuilder()
                        .header("Origin", "http://other.example")
                        .buildAsync(URI.create("ws://127.0.0.1:" + service.port() + "/"), this)
                        .get())
                .isInstanceOf(ExecutionException.class);
    }
}
