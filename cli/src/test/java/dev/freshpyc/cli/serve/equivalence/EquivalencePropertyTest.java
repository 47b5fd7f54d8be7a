package dev.freshpyc.cli.serve.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.oracle.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** The store gives the same answers as a model: a list of rows, searched from the beginning. */
class EquivalencePropertyTest {

    private static Optional<PostgresServer> server = Optional.empty();

    @BeforeContainer
    static void startServer() throws IOException, InterruptedException {
        server = PostgresServer.startIfPresent();
    }

    @AfterContainer
    static void stopServer() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    sealed interface Step {
        record Ask(Question question) implements Step {}

        record Keep(TaskKey task, String unihash) implements Step {}

        record Mark(String mark, Map<Column, String> where) implements Step {}

        record Sweep(String mark) implements Step {}
    }

    private record Row(TaskKey task, Optional<String> outhash, String unihash) {

        boolean has(Column column, String value) {
            return switch (column) {
                case METHOD -> task.method().equals(value);
                case TASKHASH -> task.taskhash().equals(value);
                case OUTHASH -> outhash.equals(Optional.of(value));
                case UNIHASH -> unihash.equals(value);
                default -> false;
            };
        }
    }

    /** The rules of the store, applied to a list of rows. */
    private static final class Model {

        private final List<Row> rows = new ArrayList<>();
        private Optional<String> mark = Optional.empty();
        private Set<Row> marked = new HashSet<>();

        Object apply(Step step) {
            return switch (step) {
                case Step.Ask(TaskKey task) -> oldest(task);
                case Step.Ask(Report report) -> report(report);
                case Step.Keep(TaskKey task, String unihash) -> keep(task, unihash);
                case Step.Mark(String name, Map<Column, String> where) -> mark(name, where);
                case Step.Sweep(String name) -> sweep(name);
            };
        }

        private Optional<String> oldest(TaskKey task) {
            return rows.stream()
                    .filter(row -> row.task().equals(task))
                    .map(Row::unihash)
                    .findFirst();
        }

        private Optional<String> report(Report report) {
            List<Row> same = rows.stream()
                    .filter(row -> row.task().method().equals(report.task().method())
                            && row.outhash().equals(Optional.of(report.outhash())))
                    .toList();
            Optional<Row> exact = same.stream()
                    .filter(row -> row.task().equals(report.task()))
                    .findFirst();
            Optional<String> unihash =
                    exact.or(() -> same.stream().findFirst()).map(Row::unihash).or(report::unihash);
            if (exact.isEmpty() && unihash.isPresent()) {
                add(new Row(report.task(), Optional.of(report.outhash()), unihash.get()));
            }
            return unihash;
        }

        private String keep(TaskKey task, String unihash) {
            if (oldest(task).isEmpty()) {
                add(new Row(task, Optional.empty(), unihash));
            }
            return oldest(task).orElseThrow();
        }

        private void add(Row row) {
            rows.add(row);
            if (mark.isPresent()) {
                marked.add(row);
            }
        }

        private long mark(String name, Map<Column, String> where) {
            if (!mark.equals(Optional.of(name))) {
                mark = Optional.of(name);
                marked = new HashSet<>();
            }
            long before = marked.size();
            rows.stream()
                    .filter(row -> where.entrySet().stream()
                            .allMatch(condition -> row.has(condition.getKey(), condition.getValue())))
                    .forEach(marked::add);
            return marked.size() - before;
        }

        private long sweep(String name) {
            if (!mark.equals(Optional.of(name))) {
                return -1;
            }
            long before = rows.size();
            rows.retainAll(marked);
            mark = Optional.empty();
            return before - rows.size();
        }
    }

    /** Opens the store of a test; each call opens the same store, as another process would. */
    private interface Opening {
        EquivalenceStore open() throws IOException;
    }

    @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
    void theStoreInAFileFollowsTheRules(@ForAll("steps") List<Step> steps) throws Exception {
        Path directory = Files.createTempDirectory("equivalence");
        try {
            requireRules(steps, () -> EquivalenceStore.open(directory.resolve("a.sqlite"), Duration.ZERO));
        } finally {
            Trees.delete(directory);
        }
    }

    @Property(tries = 20, shrinking = ShrinkingMode.BOUNDED)
    @AddLifecycleHook(ServerRequired.class)
    void theStoreInAServerFollowsTheRules(@ForAll("steps") List<Step> steps) throws Exception {
        PostgresAddress address =
                PostgresAddress.of(server.orElseThrow().newUrl(), Optional.of(PostgresServer.PASSWORD));
        requireRules(steps, () -> EquivalenceStore.open(address, Duration.ZERO, _ -> {}));
    }

    /** Reports a property as skipped where PostgreSQL is missing. */
    static final class ServerRequired implements SkipExecutionHook {

        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return server.isPresent() ? SkipResult.doNotSkip() : SkipResult.skip(PostgresServer.MISSING);
        }
    }

    private static void requireRules(List<Step> steps, Opening opening) throws Exception {
        try (EquivalenceStore store = opening.open();
                EquivalenceStore second = opening.open()) {
            Model model = new Model();
            int turn = 0;
            for (Step step : steps) {
                assertThat(apply(turn++ % 2 == 0 ? store : second, step))
                        .as(step.toString())
                        .isEqualTo(model.apply(step));
            }
            assertThat(store.size().rows()).isEqualTo(model.rows.size());
        }
    }

    private static Object apply(EquivalenceStore store, Step step) throws Exception {
        return switch (step) {
            case Step.Ask(TaskKey task) -> store.unihash(task);
            case Step.Ask(Report report) -> store.answer(List.of(report)).getFirst();
            case Step.Keep(TaskKey task, String unihash) ->
                Objects.requireNonNull(store.keep(Map.of(task, unihash)).get(task));
            case Step.Mark(String name, Map<Column, String> where) -> store.mark(name, where);
            case Step.Sweep(String name) -> store.sweep(name).orElse(-1);
        };
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<TaskKey> tasks = Combinators.combine(Arbitraries.of("m", "M"), Arbitraries.of("t", "T", "é", "'"))
                .as(TaskKey::new);
        Arbitrary<String> outputs = Arbitraries.of("o1", "o2", "o3", "o4");
        Arbitrary<String> unihashes = Arbitraries.of("u1", "u2", "u3");
        Arbitrary<Step> reports = Combinators.combine(tasks, outputs, unihashes.optional(0.8))
                .as((task, output, unihash) -> new Step.Ask(new Report(task, output, unihash, Map.of())));
        Arbitrary<Map<Column, String>> conditions = Arbitraries.maps(
                        Arbitraries.of(Column.METHOD, Column.TASKHASH, Column.OUTHASH, Column.UNIHASH),
                        Arbitraries.of("m", "t", "o1", "u1"))
                .ofMaxSize(2);
        Arbitrary<String> marks = Arbitraries.of("a", "b");
        return Arbitraries.frequencyOf(
                        Tuple.of(4, tasks.map(Step.Ask::new)),
                        Tuple.of(8, reports),
                        Tuple.of(1, Combinators.combine(tasks, unihashes).as(Step.Keep::new)),
                        Tuple.of(1, Combinators.combine(marks, conditions).as(Step.Mark::new)),
                        Tuple.of(1, marks.map(Step.Sweep::new)))
                .list()
                .ofMaxSize(40);
    }
}
