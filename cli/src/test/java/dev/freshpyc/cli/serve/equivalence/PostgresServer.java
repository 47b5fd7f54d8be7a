package dev.freshpyc.cli.serve.equivalence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.oracle.Trees;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server in a temporary directory, at a free port of the loopback interface. By default, a commit does not
 * wait for the disk, so that the tests see whether the store asks for durable commits.
 */
public final class PostgresServer implements AutoCloseable {

    /** The user of the database. */
    public static final String USER = "freshpyc";

    /** The password of the user. */
    public static final String PASSWORD = "open:se\\same ?&";

    /** The reason for which a test is skipped that needs a server. */
    static final String MISSING = "NOT RUN: no PostgreSQL server (initdb), or no setpriv for root";

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String NOBODY = "65534"; // PostgreSQL requires a user with a name

    private final AtomicInteger schemas = new AtomicInteger();
    private final Path directory;
    private final Path programs;
    private final int port;
    private Process process;

    private PostgresServer(Path programs) throws IOException, InterruptedException {
        this.programs = programs;
        directory = Files.createTempDirectory("postgres");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        if (Shell.isRoot()) {
            Shell.run("chown", "-R", NOBODY + ":" + NOBODY, directory);
        }
        List<Object> command = new ArrayList<>(prefix());
        command.addAll(List.of(programs.resolve("initdb"), "-D", directory.resolve("data"), "-U", USER));
        command.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + password, "--encoding=UTF8", "--locale=C"));
        command.add("--no-sync");
        Shell.run(command.toArray());
        process = launch();
        awaitConnection();
    }

    /** Starts a server, or skips the test where PostgreSQL is missing. */
    public static PostgresServer start() throws IOException, InterruptedException {
        Optional<PostgresServer> server = startIfPresent();
        assumeTrue(server.isPresent(), MISSING);
        return server.orElseThrow();
    }

    /** Starts a server; empty where PostgreSQL is missing. */
    static Optional<PostgresServer> startIfPresent() throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        boolean canStart = programs.isPresent() && (!Shell.isRoot() || Shell.succeeds("setpriv", "--version"));
        return canStart ? Optional.of(new PostgresServer(programs.get())) : Optional.empty();
    }

    /** The directory of the programs. Debian has one per version, outside the search path. */
    private static Optional<Path> programs() throws IOException {
        List<Path> places = new ArrayList<>(List.of(Path.of("/usr/bin"), Path.of("/usr/local/bin")));
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.sorted(Comparator.reverseOrder()).forEach(version -> places.add(version.resolve("bin")));
            }
        }
        return places.stream()
                .filter(place -> Files.isExecutable(place.resolve("initdb")))
                .findFirst();
    }

    private static List<Object> prefix() {
        return Shell.isRoot()
                ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups")
                : List.of();
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>();
        prefix().forEach(word -> command.add(word.toString()));
        command.addAll(List.of(
                programs.resolve("postgres").toString(),
                "-D",
                directory.resolve("data").toString()));
        for (String setting : List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "synchronous_commit=off",
                "max_connections=60",
                "shared_buffers=32MB")) {
            command.addAll(List.of("-c", setting));
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }

    private void awaitConnection() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            try {
                connect("public").close();
                return;
            } catch (SQLException notYet) {
                if (!process.isAlive()) { // after kill -9, its child processes need a moment to end
                    Thread.sleep(100);
                    process = launch();
                }
                assertThat(Duration.ofNanos(System.nanoTime() - begun))
                        .as(Files.readString(directory.resolve("log")))
                        .isLessThan(TIMEOUT);
                Thread.sleep(20);
            }
        }
    }

    /** Creates a schema and returns its URL, without a password. */
    public String newUrl() throws SQLException {
        String schema = "s" + schemas.incrementAndGet();
        try (Connection connection = connect("public");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        }
        return url(schema);
    }

    private String url(String schema) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER + "&currentSchema=" + schema;
    }

    private Connection connect(String schema) throws SQLException {
        return connectTo(url(schema));
    }

    /** Opens a connection that does not belong to the store. */
    public static Connection connectTo(String url) throws SQLException {
        return DriverManager.getConnection(url, USER, PASSWORD);
    }

    /** The port of the server. */
    public int port() {
        return port;
    }

    /** Kills the process that accepts connections, as the system does when memory runs out. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends all processes at once, without a checkpoint. */
    public void stopAtOnce() throws IOException, InterruptedException {
        Shell.run("sh", "-c", "kill -QUIT " + process.pid());
        process.waitFor();
    }

    /** Starts the server again; returns when the server accepts connections. */
    public void restart() throws IOException, InterruptedException {
        process = launch();
        awaitConnection();
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                stopAtOnce();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        Trees.delete(directory);
    }
}
