package dev.freshpyc.cli.serve.equivalence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The store in a PostgreSQL database. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class PostgresStoreTest extends EquivalenceStoreContract {

    private static PostgresServer server;

    private final String url;

    PostgresStoreTest() throws SQLException {
        url = server.newUrl();
    }

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    EquivalenceStore open() throws IOException {
        return open(url);
    }

    private static EquivalenceStore open(String url) throws IOException {
        return EquivalenceStore.open(PostgresAddress.of(url, Optional.of(PostgresServer.PASSWORD)), LEASE, _ -> {});
    }

    @Override
    Connection connect() throws SQLException {
        return PostgresServer.connectTo(url);
    }

    @Test
    void processesThatStartAtOnceMakeTheSchemaOnce() throws Exception {
        String empty = server.newUrl();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<EquivalenceStore> opening = () -> open(empty);
            for (Future<EquivalenceStore> store : threads.invokeAll(Collections.nCopies(8, opening))) {
                store.get().close();
            }
        }
    }

    @Test
    void theSchemaOfANewerProgramIsRefused() throws Exception {
        execute("UPDATE freshpyc_schema SET version = 99");

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("database postgres at 127.0.0.1")
                .hasMessageContaining("newer freshpyc (schema 99")
                .hasMessageNotContaining(PostgresServer.PASSWORD);
    }

    @Test
    void aSchemaThatBecomesNewerIsNotWrittenTo() throws Exception {
        try (EquivalenceStore store = open()) {
            Reports here = new Reports(store);
            here.tell("t", "o", "u");
            execute("UPDATE freshpyc_schema SET version = 99");

            assertThatThrownBy(() -> here.tell("t2", "o2", "u2")).hasMessageContaining("newer freshpyc");
            assertThat(here.ask("t")).isEqualTo("u");
        }
    }

    @Test
    void aWrongPasswordIsReportedAndNotShown() {
        PostgresAddress address = PostgresAddress.of(url, Optional.of("guess"));

        assertThatThrownBy(() -> EquivalenceStore.open(address, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("guess");
    }

    /** One report of a group has a value that PostgreSQL cannot store. The other reports of the group are stored. */
    @Test
    void aReportThatTheDatabaseRefusesFailsAlone() throws Exception {
        try (EquivalenceStore store = open();
                Connection other = connect();
                Statement statement = other.createStatement();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Reports here = new Reports(store);
            other.setAutoCommit(false);
            statement.execute("SELECT version FROM freshpyc_schema FOR UPDATE"); // the reports wait and form a group
            Future<String> first = threads.submit(() -> here.tell("first", "o1", "u1"));
            Future<String> bad = threads.submit(() -> here.tell("nul\0", "o2", "u2"));
            Future<String> last = threads.submit(() -> here.tell("last", "o3", "u3"));
            Thread.sleep(300);
            other.rollback();

            assertThat(first.get()).isEqualTo("u1");
            assertThat(last.get()).isEqualTo("u3");
            assertThatThrownBy(bad::get).hasCauseInstanceOf(IOException.class);
            assertThat(here.ask("first")).isEqualTo("u1");
            assertThat(store.size().rows()).isEqualTo(2);
        }
    }

    @Test
    void aLockThatIsHeldTooLongIsAnError() throws Exception {
        try (EquivalenceStore store = open();
                Connection other = connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT version FROM freshpyc_schema FOR UPDATE");
            long begun = System.nanoTime();

            assertThatThrownBy(() -> new Reports(store).tell("t", "o", "u")).hasMessageContaining("lock timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
            assertThat(new Reports(store).ask("t")).isEqualTo("none");
        }
    }

    @Test
    void keysOfAnyAllowedLengthAreStored() throws Exception {
        Optional<String> unihash = Optional.of(longest());
        try (EquivalenceStore store = open()) {
            Report report = new Report(new TaskKey(longest(), longest()), longest(), unihash, Map.of());

            assertThat(store.answer(List.of(report))).containsExactly(unihash);
            assertThat(store.unihash(report.task())).isEqualTo(unihash);
            assertThat(store.rows().exist(List.of(unihash.orElseThrow()))).containsExactly(true);
        }
    }

    /** Random text of two bytes a character in UTF-8, since the database compresses regular text. */
    private static String longest() {
        return ThreadLocalRandom.current()
                .ints(Fields.MAX_KEY_LENGTH, 0xa0, 0x7ff)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
