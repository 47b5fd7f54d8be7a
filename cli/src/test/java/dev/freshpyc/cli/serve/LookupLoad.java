package dev.freshpyc.cli.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures how a running service looks files up. Claim: at least 20,000 in a second over 16 connections. Arguments: the port, and the entry,
 * whose sources are asked for.
 */
final class LookupLoad {

    private static final int CONNECTIONS = 16;
    private static final int EACH = 10_000;
    private static final int ROUNDS = 3;

    private final int port;
    private final List<String> targets;

    private LookupLoad(int port, List<String> targets) {
        this.port = port;
        this.targets = targets;
    }

    /** Runs the load; the first round warms the service up. */
    public static void main(String[] args) throws Exception {
        try (Stream<Path> files = Files.walk(Path.of(args[1]))) {
            LookupLoad load = new LookupLoad(
                    Integer.parseInt(args[0]),
                    files.filter(file -> file.toString().endsWith(".py"))
                            .map(file -> "/v1/lookup?path=" + file)
                            .toList());
            for (int round = 0; round < ROUNDS; round++) {
                load.run();
            }
        }
    }

    private void run() throws Exception {
        List<Callable<Void>> clients = new ArrayList<>();
        for (int client = 0; client < CONNECTIONS; client++) {
            int number = client;
            clients.add(() -> ask(number));
        }
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (Future<Void> client : threads.invokeAll(clients)) {
                client.get();
            }
        }
        LoadConnection.print("lookups over " + CONNECTIONS + " connections", CONNECTIONS * EACH, begun);
    }

    private @Nullable Void ask(int number) throws IOException {
        try (LoadConnection connection = new LoadConnection(port)) {
            for (int at = 0; at < EACH; at++) {
                connection.get(targets.get((number * EACH + at * 31) % targets.size()));
            }
        }
        return null;
    }
}
