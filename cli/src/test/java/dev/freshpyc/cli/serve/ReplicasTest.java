package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.Main;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.serve.RawHttp.Reply;
import dev.freshpyc.cli.serve.equivalence.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three service processes share one PostgreSQL database while clients report and ask about the same tasks. A process is
 * killed, and the database is killed and stopped. Each task keeps its first answer, and each acknowledged row is stored
 * once.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class ReplicasTest {

    private static final int CLIENTS = 6;
    private static final int OUTPUTS = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern UNIHASH = Pattern.compile("\"unihash\":\"([^\"]*)\"");

    private final List<Process> processes = new ArrayList<>();
    private final List<RawHttp> replicas = new ArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Set<Row> rows = ConcurrentHashMap.newKeySet();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean isOver;

    /** A row that a reply acknowledged. */
    private record Row(String task, String outhash, String unihash) {}

    @Test
    void eachTaskKeepsItsAnswerWhenProcessesEnd(@TempDir Path directory) throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            String url = server.newUrl();
            startReplicas(directory, url);
            List<Thread> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> Thread.ofPlatform().start(() -> reportAndAsk(client)))
                    .toList();
            awaitMore(acknowledged, 300);
            assertThat(refused).hasValue(0);

            processes.getLast().destroyForcibly().waitFor();
            awaitMore(acknowledged, 100);
            assertThat(refused).hasValue(0);

            server.kill();
            awaitMore(refused, 3);
            server.restart();
            awaitMore(acknowledged, 100);
            server.stopAtOnce();
            awaitMore(refused, 3);
            server.restart();
            awaitMore(acknowledged, 100);

            isOver = true;
            for (Thread client : clients) {
                client.join();
            }
            assertThat(wrong).isEmpty();
            requireAllAnswers();
            requireAllRows(url);
            assertThat(processes.getFirst().isAlive()).isTrue();
        } finally {
            isOver = true;
            processes.forEach(Process::destroyForcibly);
        }
    }

    private void startReplicas(Path directory, String url) throws IOException {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        Path password = Files.writeString(directory.resolve("password"), PostgresServer.PASSWORD + "\n");
        for (int count = 0; count < 3; count++) {
            processes.add(ProgramProcess.of(
                            List.of(),
                            Main.class,
                            "serve",
                            "--listen",
                            "127.0.0.1:0",
                            "--store",
                            url,
                            "--store-password-file",
                            password,
                            "--index",
                            directory.resolve("index" + count),
                            lib)
                    .redirectError(directory.resolve("errors" + count).toFile())
                    .start());
        }
        for (Process process : processes) {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String line = Objects.requireNonNull(out.readLine());
            replicas.add(new RawHttp(Integer.parseInt(line.substring(line.lastIndexOf(':') + 1))));
        }
    }

    private static void awaitMore(AtomicInteger count, int more) throws InterruptedException {
        int enough = count.get() + more;
        long begun = System.nanoTime();
        while (count.get() < enough) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TIMEOUT);
            Thread.sleep(5);
        }
    }

    /** Every client reports the same outputs of the same tasks at the same time, each with another unihash. */
    private void reportAndAsk(int client) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int step = 0; !isOver; step++) {
            int near = (step / 4 + random.nextInt(3)) % OUTPUTS; // all clients are at about the same output
            String task = "t" + (near + random.nextInt(2));
            String outhash = "o" + near;
            String body = "{\"method\":\"m\",\"taskhash\":\"" + task + "\",\"outhash\":\"" + outhash
                    + "\",\"unihash\":\"u" + client + "-" + step + "\"}";
            RawHttp replica = replicas.get(random.nextInt(replicas.size()));
            try {
                Reply reported = replica.post("/v1/equivalent", body);
                if (compare(outhash, reported)) {
                    rows.add(new Row(task, outhash, unihash(reported)));
                    acknowledged.incrementAndGet();
                    answers.putIfAbsent("reported " + task, "");
                }
                compare(task, replica.get("/v1/equivalent?method=m&taskhash=" + task));
            } catch (IOException ended) {
                // this replica was killed
            }
        }
    }

    /** Compares an answer with the first answer that any client got. */
    private boolean compare(String key, Reply reply) throws IOException {
        if (reply.status() == 0) {
            throw new IOException("the process has ended");
        }
        if (reply.status() == 503) {
            refused.incrementAndGet();
            return false;
        }
        Matcher unihash = UNIHASH.matcher(reply.body());
        if (reply.status() != 200) {
            wrong.add(key + ": " + reply.text());
        } else if (unihash.find()) {
            String first = answers.putIfAbsent(key, unihash.group(1));
            if (first != null && !first.equals(unihash.group(1))) {
                wrong.add(key + ": " + first + ", then " + unihash.group(1));
            }
        } else if (answers.containsKey(key)) {
            wrong.add(key + ": known, then " + reply.body());
        }
        return reply.status() == 200;
    }

    private static String unihash(Reply reply) {
        Matcher unihash = UNIHASH.matcher(reply.body());
        return unihash.find() ? unihash.group(1) : "none in " + reply.body();
    }

    /** Requires that the database has each acknowledged row once, with the acknowledged unihash. */
    private void requireAllRows(String url) throws SQLException {
        List<Row> stored = new ArrayList<>();
        try (Connection connection = PostgresServer.connectTo(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT taskhash, outhash, unihash FROM equivalence WHERE method = 'm'")) {
            while (row.next()) {
                stored.add(new Row(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        assertThat(stored).doesNotHaveDuplicates().containsAll(rows);
        assertThat(stored.stream().map(row -> row.task() + " " + row.outhash())).doesNotHaveDuplicates();
        assertThat(rows).hasSizeGreaterThan(50);
    }

    private void requireAllAnswers() throws IOException {
        int tasks = 0;
        for (String key : answers.keySet()) {
            String task = key.startsWith("reported ") ? key.substring("reported ".length()) : key;
            if (task.startsWith("t")) {
                Reply reply = replicas.getFirst().get("/v1/equivalent?method=m&taskhash=" + task);
                assertThat(reply.body()).contains("\"unihash\":\"" + answers.getOrDefault(task, ""));
                tasks++;
            }
        }
        assertThat(tasks).isGreaterThan(20);
    }
}
