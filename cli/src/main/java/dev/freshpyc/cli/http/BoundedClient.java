package dev.freshpyc.cli.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one HTTP server and waits two seconds for a whole answer, whose size is bounded. No redirect is followed, since only
 * the server that the user named is trusted. Thread-safe.
 */
public final class BoundedClient implements AutoCloseable {

    /** The longest wait for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The most bytes of an answer that are read: more than the answer to a batch of 1,000 questions has. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final String SILENT = "no answer within " + PATIENCE.toSeconds() + " s";

    private final HttpClient client;

    private BoundedClient(HttpClient client) {
        this.client = client;
    }

    /** The answer of a server; a body that is too long is cut. */
    public static final class HttpReply {
        private final int status;
        private final byte[] body;

        private HttpReply(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }

        /** The status of the answer. */
        public int status() {
            return status;
        }

        /** The body of the answer. */
        public byte[] body() {
            return body.clone();
        }
    }

    /**
     * A client of a server.
     *
     * @param environment may have {@code SSL_CERT_FILE}, which names the certificate authorities to trust
     * @throws IOException when the file with the certificate authorities cannot be used
     */
    public static BoundedClient of(URI server, Map<String, String> environment) throws IOException {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER);
        if ("https".equals(server.getScheme())) {
            TrustedAuthorities.context(environment).ifPresent(builder::sslContext);
        }
        return new BoundedClient(builder.build());
    }

    /**
     * Sends a request.
     *
     * @throws IOException when no answer comes; the message gives the reason, to be printed after the name of the
     *     server
     */
    public HttpReply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        CompletableFuture<HttpReply> asked = client.sendAsync(
                        request.timeout(PATIENCE).build(), BodyHandlers.ofInputStream())
                .thenApplyAsync(BoundedClient::read);
        try {
            return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            asked.cancel(true);
            throw new IOException(SILENT);
        } catch (ExecutionException failed) {
            throw new IOException(reason(failed.getCause()), failed);
        }
    }

    private static HttpReply read(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            return new HttpReply(response.statusCode(), in.readNBytes(MAX_BYTES));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return switch (cause) {
            case ConnectException _ -> "no connection";
            case HttpTimeoutException _ -> SILENT;
            case SSLException refused -> "no TLS connection (" + root(refused).getMessage() + ")";
            case null, default -> "the connection broke";
        };
    }

    /** The first failure, whose message names no class of Java. */
    private static Throwable root(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return cause == null ? failure : root(cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
