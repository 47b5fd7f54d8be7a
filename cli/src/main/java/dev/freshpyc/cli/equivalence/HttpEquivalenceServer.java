package dev.freshpyc.cli.equivalence;

import dev.freshpyc.cli.http.BoundedClient;
import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.indexer.equivalence.CompileTask;
import dev.freshpyc.indexer.equivalence.EquivalenceServer;
import dev.freshpyc.indexer.equivalence.TaskCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server that is asked with {@code POST /v1/equivalent/batch}. */
public final class HttpEquivalenceServer implements EquivalenceServer {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final BoundedClient client;
    private final URI batch;
    private final Optional<String> token;

    /**
     * The server at an address.
     *
     * @param token the secret that lets a client report; empty where the server needs none
     * @param client is closed with this object
     */
    public HttpEquivalenceServer(URI base, Optional<String> token, BoundedClient client) {
        this.client = client;
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
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return lines(client.send(request), lines);
    }

    private List<byte[]> lines(BoundedClient.HttpReply reply, int wanted) throws IOException {
        switch (reply.status()) {
            case OK -> {}
            case UNAUTHORIZED, FORBIDDEN ->
                throw new IOException(
                        token.isPresent()
                                ? "it refuses the token: correct the file of --equivalence-token-file"
                                : "it wants a token: name its file with --equivalence-token-file");
            case NOT_FOUND ->
                throw new IOException(
                        "the server has no /v1/equivalent/batch: name a 'freshpyc serve', with its prefix");
            default -> throw new IOException("an answer with status " + reply.status());
        }
        List<byte[]> lines = BatchLines.split(reply.body());
        if (lines.size() != wanted) {
            throw BatchLines.nonsense();
        }
        return lines;
    }

    @Override
    public void close() {
        client.close();
    }
}
