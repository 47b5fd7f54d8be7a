package dev.freshpyc.cli.serve.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules that every store follows, for one process and for several processes. */
abstract class EquivalenceStoreContract {

    static final Duration LEASE = Duration.ofMillis(200);

    private EquivalenceStore store;
    private Reports here;

    /** Opens the store of the test; each call opens the same store, as another process would. */
    abstract EquivalenceStore open() throws IOException;

    /** Opens a connection to the database of the test. */
    abstract Connection connect() throws SQLException;

    @BeforeEach
    void start() throws IOException {
        store = open();
        here = new Reports(store);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void anUnknownTaskHasNoUnihash() throws Exception {
        assertThat(store.unihash(Reports.task("t"))).isEmpty();
    }

    @Test
    void theFirstReportOfAnOutputNamesItsUnihash() throws Exception {
        assertThat(here.tell("t1", "o", "u1")).isEqualTo("u1");
        assertThat(here.tell("t2", "o", "u2")).isEqualTo("u1");
        assertThat(here.tell("t1", "o", "u3")).isEqualTo("u1");
        assertThat(here.ask("t1")).isEqualTo("u1");
        assertThat(here.ask("t2")).isEqualTo("u1");
        assertThat(store.size().rows()).isEqualTo(2);
    }

    @Test
    void aTaskKeepsTheUnihashOfItsFirstOutput() throws Exception {
        here.tell("t", "o1", "u1");

        assertThat(here.tell("t", "o2", "u2")).isEqualTo("u2");
        assertThat(here.ask("t")).isEqualTo("u1");
        assertThat(here.tell("other", "o2", "u3")).isEqualTo("u2");
    }

    @Test
    void methodsAreIsolated() throws Exception {
        here.tell("t", "o", "u1");
        TaskKey other = new TaskKey("another", "t");

        assertThat(store.unihash(other)).isEmpty();
        assertThat(store.answer(List.of(new Report(other, "o", Optional.of("u2"), Map.of()))))
                .containsExactly(Optional.of("u2"));
        assertThat(here.ask("t")).isEqualTo("u1");
        assertThat(store.size()).extracting(StoreSize::rows, StoreSize::methods).containsExactly(2L, 2L);
    }

    @Test
    void aReportWithoutUnihashIsStoredOnlyWhereTheOutputIsKnown() throws Exception {
        Report without = new Report(Reports.task("t2"), "o", Optional.empty(), Map.of());

        assertThat(store.answer(List.of(without))).containsExactly(Optional.empty());
        assertThat(store.size().rows()).isZero();
        here.tell("t1", "o", "u1");
        assertThat(store.answer(List.of(without))).containsExactly(Optional.of("u1"));
        assertThat(here.ask("t2")).isEqualTo("u1");
    }

    @Test
    void questionsAndReportsTogetherAreAnsweredInTheirOrder() throws Exception {
        assertThat(store.answer(List.of(
                        Reports.task("t"), Reports.report("t", "o", "u"), Reports.task("t"), Reports.task("x"))))
                .containsExactly(Optional.empty(), Optional.of("u"), Optional.of("u"), Optional.empty());
    }

    @Test
    void aPreviewStoresNothing() throws Exception {
        here.tell("t", "o", "u");

        assertThat(store.preview(
                        List.of(Reports.report("t2", "o", "u2"), Reports.report("t2", "o2", "u2"), Reports.task("t"))))
                .containsExactly(Optional.of("u"), Optional.of("u2"), Optional.of("u"));
        assertThat(store.size().rows()).isEqualTo(1);
    }

    @Test
    void detailsAreStored() throws Exception {
        Map<Column, String> details = Map.of(Column.PN, "zlib", Column.OWNER, "'; DROP TABLE equivalence; --");
        store.answer(List.of(new Report(Reports.task("t"), "o", Optional.of("u"), details)));

        try (Connection connection = connect();
                ResultSet row = connection.createStatement().executeQuery("SELECT PN, owner, PV FROM equivalence")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("zlib");
            assertThat(row.getString(2)).isEqualTo("'; DROP TABLE equivalence; --");
            assertThat(row.getString(3)).isNull();
        }
    }

    @Test
    void rowsRemainAfterTheStoreIsClosed() throws Exception {
        here.tell("t", "o", "u");
        store.close();

        try (EquivalenceStore again = open()) {
            assertThat(new Reports(again).ask("t")).isEqualTo("u");
        }
    }

    @Test
    void anAnswerOfAnotherServerPrecedesLaterReports() throws Exception {
        assertThat(store.keep(Map.of(Reports.task("t"), "told")).get(Reports.task("t")))
                .isEqualTo("told");
        assertThat(store.keep(Map.of(Reports.task("t"), "again")).get(Reports.task("t")))
                .isEqualTo("told");
        assertThat(here.tell("t", "o", "own")).isEqualTo("own");
        assertThat(here.ask("t")).isEqualTo("told");

        here.tell("t2", "o2", "first");
        assertThat(store.keep(Map.of(Reports.task("t2"), "late")).get(Reports.task("t2")))
                .isEqualTo("first");
    }

    @Test
    void storesOfOneDatabaseGiveOneAnswerToConcurrentReports() throws Exception {
        Map<String, Set<String>> answers = new ConcurrentHashMap<>();
        int tasks = 40;
        try (EquivalenceStore second = open();
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> clients = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(client -> () -> {
                        Reports reports = new Reports(client % 2 == 0 ? store : second);
                        for (int task = 0; task < tasks; task++) {
                            String own = client + "-" + task;
                            String answer = reports.tell("t" + task, "o" + task, own);
                            Set<String> all = answers.computeIfAbsent("t" + task, _ -> ConcurrentHashMap.newKeySet());
                            all.add(answer);
                            all.add(reports.ask("t" + task));
                            all.add(reports.tell("of" + own, "o" + task, own));
                        }
                        return true;
                    })
                    .toList();
            for (Future<Boolean> client : threads.invokeAll(clients)) {
                assertThat(client.get()).isTrue();
            }
        }

        assertThat(answers)
                .hasSize(tasks)
                .allSatisfy((_, unihashes) -> assertThat(unihashes).hasSize(1));
        assertThat(store.size().rows()).isEqualTo(tasks * 9L);
    }

    @Test
    void aSweepLeavesMarkedRowsAndRowsAddedAfterTheMark() throws Exception {
        here.tell("t1", "o1", "u1");
        here.tell("t2", "o2", "u2");
        here.tell("t3", "o1", "ignored");

        assertThat(store.mark("kept", Map.of(Column.UNIHASH, "u1", Column.TASKHASH, "t1")))
                .isEqualTo(1);
        assertThat(store.mark("kept", Map.of(Column.TASKHASH, "t1"))).isZero();
        here.tell("t4", "o4", "u4");

        assertThat(store.sweep("other")).isEmpty();
        assertThat(store.sweep("kept")).hasValue(2);
        assertThat(List.of(here.ask("t1"), here.ask("t2"), here.ask("t3"), here.ask("t4")))
                .containsExactly("u1", "none", "none", "u4");
        assertThat(store.sweep("kept")).isEmpty();
    }

    @Test
    void theNameOfAMarkCanBeUsedAgainAfterASweep() throws Exception {
        here.tell("t1", "o1", "u1");
        store.mark("weekly", Map.of());
        store.sweep("weekly");

        assertThat(store.mark("weekly", Map.of(Column.TASKHASH, "none"))).isZero();
        assertThat(store.sweep("weekly")).hasValue(1);
    }

    @Test
    void aSecondMarkReplacesTheFirst() throws Exception {
        here.tell("t1", "o1", "u1");
        store.mark("first", Map.of());
        store.mark("second", Map.of(Column.TASKHASH, "none"));

        assertThat(store.sweep("first")).isEmpty();
        assertThat(store.sweep("second")).hasValue(1);
    }

    @Test
    void aRowThatAnotherProcessHasSweptIsNotAnsweredFromMemory() throws Exception {
        try (EquivalenceStore second = open()) {
            Reports there = new Reports(second);
            here.tell("t", "o", "u1");
            second.mark("none", Map.of(Column.TASKHASH, "none"));
            Thread asking = Thread.ofPlatform().start(() -> askUntilInterrupted(there));
            store.mark("none", Map.of(Column.TASKHASH, "none"));
            store.sweep("none");
            String afterwards = there.ask("t");
            asking.interrupt();
            asking.join();

            assertThat(afterwards).isEqualTo("none");
        }
    }

    private static void askUntilInterrupted(Reports reports) {
        try {
            while (!Thread.interrupted()) {
                reports.ask("t");
            }
        } catch (IOException | InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
