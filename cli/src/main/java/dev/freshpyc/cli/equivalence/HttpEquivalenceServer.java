package dev.freshpyc.cli.equivalence;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.indexer.equivalence.CompileTask;
import dev.freshpyc.indexer.equivalence.EquivalenceServer;
import dev.freshpyc.indexer.equivalence.TaskCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A server that is asked with {@code POST /v1/equivalent/batch}. It gets two seconds for each request. */
public final class HttpEquivalenceServer implements EquivalenceServer {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String SILENT = "no answer within " + PATIENCE.toSeconds() + " s";
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI batch;
    private final Optional<String> token;

    /**
     * The server whose requests begin with an address.
     *
     * @param token the secret that lets a client report; empty where the server needs none
     */
    public HttpEquivalenceServer(URI base, Optional<String> token) {
        this.batch = URI.create(base + "/v1/equivalent/batch");
        this.token = token;
    }

    @Override
    public List<Optional<Sha256>> ask(List<CompileTask> tasks) throws IOException, InterruptedException {
        List<byte[]> answers = send(BatchLines.questions(tasks), tasks.size());
        List<Optional<Sha256>> codes = new ArrayList<>();
        for (int at = 0; at < tasks.size(); at++) {
            codes.add(BatchLines.code(answers.get(at), tasks.get(at)));
        }
        return codes;
    }

    @Override
    public void tell(List<TaskCode> codes) throws IOException, InterruptedException {
        List<byte[]> answers = send(BatchLines.reports(codes), codes.size());
        for (int at = 0; at < codes.size(); at++) {
            if (BatchLines.code(answers.get(at), codes.get(at).task()).isEmpty()) {
                throw BatchLines.nonsense();
            }
        }
    }

    private List<byte[]> send(byte[] body, int lines) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(batch)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        CompletableFuture<Reply> asked = client.sendAsync(request.build(), BodyHandlers.ofInputStream())
                .thenApplyAsync(HttpEquivalenceServer::read);
        try {
            return lines(asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), lines);
        } catch (TimeoutException _) {
            asked.cancel(true);
            throw new IOException(SILENT);
        } catch (ExecutionException failed) {
            throw new IOException(reason(failed.getCause()), failed);
        }
    }

    private static final class Reply {
        private final int status;
        private final byte[] body;

        private Reply(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }
    }

    private static Reply read(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            return new Reply(response.statusCode(), in.readNBytes(MAX_BYTES));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<byte[]> lines(Reply reply, int wanted) throws IOException {
        switch (reply.status) {
            case OK -> {}
            case UNAUTHORIZED, FORBIDDEN ->
                throw new IOException("it wants a token: name its file with --equivalence-token-file");
            case NOT_FOUND ->
                throw new IOException(
                        "the server has no /v1/equivalent/batch: name a 'freshpyc serve', with its prefix");
            default -> throw new IOException("an answer with status " + reply.status);
        }
        List<byte[]> lines = BatchLines.split(reply.body);
        if (lines.size() != wanted) {
            throw BatchLines.nonsense();
        }
        return lines;
    }

    private static String reason(@Nullable Throwable cause) {
        return switch (cause) {
            case ConnectException _ -> "no connection";
            case HttpTimeoutException _ -> SILENT;
            case SSLException refused -> "no TLS connection (" + refused.getMessage() + ")";
            case null, default -> "the connection broke";
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
