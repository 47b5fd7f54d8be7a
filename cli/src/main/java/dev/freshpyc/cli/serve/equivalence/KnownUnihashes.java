package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The unihashes of all tasks and outputs that some questions name. They are read from the database together, since one statement for each
 * key would wait for the network each time.
 */
final class KnownUnihashes {

    /** The numbers of keys in a statement. They are few, so that the database keeps the plans of all statements. */
    private static final int MOST_KEYS = 256;

    private static final int FEW_KEYS = 8;

    private static final String OF_TASKS = """
            SELECT asked.column1, (SELECT unihash FROM equivalence
                WHERE task_key = asked.column2 AND method = asked.column3 AND taskhash = asked.column4 AND unihash <> ''
                ORDER BY id LIMIT 1)
            FROM (VALUES\s""";
    private static final String OF_OUTPUTS = """
            SELECT asked.column1, (SELECT unihash FROM equivalence
                WHERE output_key = asked.column2 AND method = asked.column3 AND outhash = asked.column4 AND unihash <> ''
                LIMIT 1)
            FROM (VALUES\s""";

    private final Map<TaskKey, String> tasks;
    private final Map<Output, String> outputs;

    /** An output of a method. */
    private record Output(String method, String outhash) {
        Output(Report report) {
            this(report.task().method(), report.outhash());
        }

        long number() {
            return RowKeys.ofOutput(method, outhash);
        }
    }

    /** What a statement compares. */
    private record Place<K>(K key, long number, String method, String hash) {}

    /** The statements of a connection. Each is prepared once, since that takes a quarter of the time of a use. Not thread-safe. */
    static final class Statements {

        private final Connection connection;
        private final Map<StatementShape, PreparedStatement> prepared = new HashMap<>();

        private record StatementShape(String select, int places) {}

        Statements(Connection connection) {
            this.connection = connection;
        }

        private PreparedStatement get(String select, int places) throws SQLException {
            StatementShape shape = new StatementShape(select, places);
            @Nullable PreparedStatement known = prepared.get(shape);
            if (known == null) {
                known = connection.prepareStatement(select + places(places));
                prepared.put(shape, known);
            }
            return known;
        }
    }

    private KnownUnihashes(Map<TaskKey, String> tasks, Map<Output, String> outputs) {
        this.tasks = tasks;
        this.outputs = outputs;
    }

    /** Reads the unihashes of the tasks that are asked for, and of the outputs that are reported. */
    static KnownUnihashes of(Statements statements, List<Question> questions) throws SQLException {
        Set<TaskKey> tasks = new LinkedHashSet<>();
        Set<Output> outputs = new LinkedHashSet<>();
        for (Question question : questions) {
            switch (question) {
                case TaskKey task -> tasks.add(task);
                case Report report -> outputs.add(new Output(report));
            }
        }
        return new KnownUnihashes(
                read(
                        statements,
                        OF_TASKS,
                        tasks.stream()
                                .map(task -> new Place<>(task, RowKeys.ofTask(task), task.method(), task.taskhash()))),
                read(
                        statements,
                        OF_OUTPUTS,
                        outputs.stream()
                                .map(output ->
                                        new Place<>(output, output.number(), output.method(), output.outhash()))));
    }

    /** Reads in the order of the index, in which neighbours are on the same pages of the database. */
    private static <K> Map<K, String> read(Statements statements, String select, Stream<Place<K>> asked)
            throws SQLException {
        List<Place<K>> sorted =
                asked.sorted(Comparator.comparingLong(Place::number)).toList();
        Map<K, String> known = new HashMap<>();
        for (int from = 0; from < sorted.size(); from += MOST_KEYS) {
            List<Place<K>> some = sorted.subList(from, Math.min(from + MOST_KEYS, sorted.size()));
            int places = some.size() == 1 ? 1 : some.size() <= FEW_KEYS ? FEW_KEYS : MOST_KEYS;
            PreparedStatement statement = statements.get(select, places);
            for (int at = 0; at < places; at++) {
                Place<K> place =
                        some.get(Math.min(at, some.size() - 1)); // the last one is repeated in the places that are left
                statement.setLong(3 * at + 1, place.number());
                statement.setString(3 * at + 2, place.method());
                statement.setString(3 * at + 3, place.hash());
            }
            addAnswers(statement, some, known);
        }
        return known;
    }

    private static <K> void addAnswers(PreparedStatement statement, List<Place<K>> places, Map<K, String> known)
            throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                @Nullable String unihash = row.getString(2);
                if (unihash != null) {
                    known.put(
                            places.get(Math.min(row.getInt(1), places.size() - 1))
                                    .key(),
                            unihash);
                }
            }
        }
    }

    private static String places(int count) {
        return IntStream.range(0, count)
                .mapToObj(at -> "(" + at + ", ?, ?, ?)")
                .collect(Collectors.joining(", ", "", ") AS asked"));
    }

    /** The answer to a question. Empty for an unknown task, and for a report without a unihash whose output is unknown. */
    Optional<String> answer(Question question) {
        return switch (question) {
            case TaskKey task -> Optional.ofNullable(tasks.get(task));
            case Report report ->
                Optional.ofNullable(outputs.get(new Output(report))).or(report::unihash);
        };
    }

    /** Adds the unihash of a task that had none. */
    void add(TaskKey task, String unihash) {
        tasks.put(task, unihash);
    }

    /** The unihashes of the tasks that were asked for and are known. */
    Map<TaskKey, String> tasks() {
        return Map.copyOf(tasks);
    }

    /** Adds a report that has become a row, so that the answers to later questions are right. */
    void add(Report report, String unihash) {
        outputs.put(new Output(report), unihash);
        tasks.putIfAbsent(
                report.task(), unihash); // wrong only where an older row was not read, since nobody asks for the task
    }
}
