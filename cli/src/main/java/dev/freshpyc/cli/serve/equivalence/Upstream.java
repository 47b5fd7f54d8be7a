package dev.freshpyc.cli.serve.equivalence;

import dev.freshpyc.cli.http.BoundedClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Another server of the same protocol. A server that is down, slow or answers nonsense counts as one that knows no task, so that no
 * request fails because of it. After a failure, the server is not asked for a while, so that it delays few requests.
 */
public final class Upstream implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration MAX_TIME = Duration.ofSeconds(10);
    private static final int MAX_AT_ONCE = 8;
    private static final int OK = 200;

    private final BoundedClient client;
    private final URI base;
    private final LongSupplier nanos;
    private final AtomicLong nextAskedAt;
    private final Reachability reachability;

    /**
     * The server at an address.
     *
     * @param client is closed with this object
     * @param nanos a clock such as {@link System#nanoTime}
     * @param tell takes a line for the operator when the server stops answering, and when it answers again
     */
    public Upstream(URI base, BoundedClient client, LongSupplier nanos, Consumer<String> tell) {
        this.client = client;
        this.base = base;
        this.nanos = nanos;
        reachability = new Reachability(base.toString(), "only the tasks that are known here are answered", tell);
        nextAskedAt = new AtomicLong(nanos.getAsLong());
    }

    /** The unihash that the server knows of a task. */
    Optional<String> unihash(TaskKey task) throws InterruptedException {
        if (nanos.getAsLong() - nextAskedAt.get() < 0) {
            return Optional.empty();
        }
        try {
            Optional<String> answer = read(client.send(request(task)), task);
            reachability.answered();
            return answer;
        } catch (IOException failed) {
            reachability.failed(String.valueOf(failed.getMessage()));
            nextAskedAt.set(nanos.getAsLong() + PAUSE.toNanos());
            return Optional.empty();
        }
    }

    /**
     * The unihashes that the server knows of tasks. Several questions are asked at once. A task without an answer after {@link #MAX_TIME}
     * counts as unknown, since the client of a batch waits.
     */
    Map<TaskKey, String> unihashes(Set<TaskKey> tasks) throws InterruptedException {
        Map<TaskKey, String> told = new ConcurrentHashMap<>();
        Queue<TaskKey> rest = new ConcurrentLinkedQueue<>(tasks);
        long begun = nanos.getAsLong();
        List<Thread> askers = IntStream.range(0, Math.min(tasks.size(), MAX_AT_ONCE))
                .mapToObj(_ -> Thread.ofVirtual().start(() -> askAll(rest, told, begun)))
                .toList();
        for (Thread asker : askers) {
            asker.join();
        }
        return Map.copyOf(told);
    }

    private void askAll(Queue<TaskKey> rest, Map<TaskKey, String> told, long begun) {
        try {
            for (@Nullable TaskKey task = rest.poll(); task != null; task = rest.poll()) {
                if (nanos.getAsLong() - begun > MAX_TIME.toNanos()) {
                    return;
                }
                TaskKey asked = task;
                unihash(task).ifPresent(unihash -> told.put(asked, unihash));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest.Builder request(TaskKey task) {
        String query = "/v1/equivalent?method=" + encoded(task.method()) + "&taskhash=" + encoded(task.taskhash());
        return HttpRequest.newBuilder(URI.create(base + query));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The unihash in an answer about this task; empty if the server does not know the task. */
    private static Optional<String> read(BoundedClient.HttpReply reply, TaskKey task) throws IOException {
        if (reply.status() != OK) {
            throw new IOException("an answer with status " + reply.status());
        }
        if (new String(reply.body(), StandardCharsets.UTF_8).strip().equals("null")) {
            return Optional.empty();
        }
        try {
            return Fields.of(reply.body()).aboutTask(task);
        } catch (FieldException nonsense) {
            throw new IOException("an answer that makes no sense", nonsense);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
