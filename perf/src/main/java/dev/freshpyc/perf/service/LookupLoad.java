package dev.freshpyc.perf.service;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks up sources of a served entry over many connections at once. */
public final class LookupLoad {

    private static final int CONNECTIONS = 16;
    private static final int EACH = 10_000;

    private final int port;
    private final List<String> targets;

    /** A load on the service at a port. */
    public LookupLoad(int port, List<Path> sources) {
        this.port = port;
        this.targets = sources.stream()
                .map(source -> "/v1/lookup?path=" + URLEncoder.encode(source.toString(), StandardCharsets.UTF_8))
                .toList();
    }

    /** Does all lookups once. */
    public Rate run() throws IOException, InterruptedException {
        List<Callable<Boolean>> clients = new ArrayList<>();
        for (int client = 0; client < CONNECTIONS; client++) {
            int first = client * EACH;
            clients.add(() -> ask(first));
        }
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (Future<Boolean> client : threads.invokeAll(clients)) {
                client.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
        return Rate.since(begun, "lookups over " + CONNECTIONS + " connections", 0, CONNECTIONS * EACH);
    }

    private boolean ask(int first) throws IOException {
        try (HttpConnection connection = new HttpConnection(port)) {
            for (int at = 0; at < EACH; at++) {
                connection.get(targets.get((first + at * 31) % targets.size()));
            }
        }
        return true;
    }
}
