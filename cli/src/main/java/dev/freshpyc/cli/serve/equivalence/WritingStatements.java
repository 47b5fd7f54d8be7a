package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statements that write, prepared once on a connection. The caller begins a transaction, calls {@link #begin}, and commits. Not
 * thread-safe.
 */
final class WritingStatements {

    private final Connection connection;
    private final InstantSource clock;
    private final PreparedStatement youngest;
    private final PreparedStatement insert;
    private final KnownUnihashes.Statements unihashes;
    private long lastId;

    /** The key of a row. */
    private record Row(TaskKey task, String outhash) {}

    WritingStatements(Connection connection, InstantSource clock) throws SQLException {
        this.connection = connection;
        this.clock = clock;
        unihashes = new KnownUnihashes.Statements(connection);
        youngest = connection.prepareStatement("SELECT COALESCE(MAX(id), 0) FROM equivalence");
        insert = connection.prepareStatement("""
                INSERT INTO equivalence (id, method, taskhash, outhash, unihash, created, gc_mark,
                    owner, PN, PV, PR, task, outhash_siginfo, task_key, output_key, unihash_key)
                VALUES (?, ?, ?, ?, ?, ?, (SELECT id FROM collection), ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (output_key, task_key)
                DO UPDATE SET unihash = excluded.unihash, unihash_key = excluded.unihash_key
                WHERE equivalence.unihash = ''
                """);
    }

    /**
     * Reads the number of the youngest row; to be called when the write lock is taken. Rows are numbered here, so that their order is
     * that of their commits. A database would take numbers of a sequence before the commit, or in advance for many rows.
     */
    void begin() throws SQLException {
        lastId = youngest();
    }

    /** The statements of a collection, prepared when they are needed. */
    Collection collection() {
        return new Collection(connection);
    }

    /** The statements that remove rows of a client's choice, prepared when they are needed. */
    RemovingStatements removal() {
        return new RemovingStatements(connection);
    }

    /** The statements of accounts, prepared when they are needed. */
    AccountStatements accounts() {
        return new AccountStatements(connection);
    }

    /**
     * Stores a report of a client of today's protocol, in which a task never gets a second unihash: a further output of a known task gets
     * the unihash of the task. The result is the unihash of the task.
     */
    Optional<String> assign(Report report) throws SQLException {
        Optional<String> known = answers(List.of(report.task())).getFirst();
        answers(List.of(
                known.isEmpty() ? report : new Report(report.task(), report.outhash(), known, report.details())));
        return answers(List.of(report.task())).getFirst();
    }

    /**
     * Answers questions in their order, and stores reports. A report without a unihash whose output is unknown gets an empty answer and is
     * not stored.
     */
    List<Optional<String>> answers(List<Question> questions) throws SQLException {
        KnownUnihashes known = KnownUnihashes.of(unihashes, questions);
        List<Optional<String>> answers = new ArrayList<>(questions.size());
        Set<Row> rows = new HashSet<>(); // a batch may become one statement, in which PostgreSQL takes a row only once
        for (Question question : questions) {
            Optional<String> unihash = known.answer(question);
            if (question instanceof Report report && unihash.isPresent()) {
                known.add(report, unihash.get());
                if (rows.add(new Row(report.task(), report.outhash()))) {
                    insert(report.task(), report.outhash(), unihash.get(), report.details());
                }
            }
            answers.add(unihash);
        }
        if (!rows.isEmpty()) {
            insert.executeBatch();
        }
        return answers;
    }

    /** Stores the answers of another server about tasks that have no row yet. The result has the unihashes of the tasks. */
    Map<TaskKey, String> keep(Map<TaskKey, String> told) throws SQLException {
        KnownUnihashes known = KnownUnihashes.of(unihashes, List.copyOf(told.keySet()));
        int rows = 0;
        for (Map.Entry<TaskKey, String> entry : told.entrySet()) {
            TaskKey task = entry.getKey();
            if (known.answer(task).isEmpty()) {
                known.add(task, entry.getValue());
                insert(task, null, entry.getValue(), Map.of());
                rows++;
            }
        }
        if (rows > 0) {
            insert.executeBatch();
        }
        return known.tasks();
    }

    /** Adds a row to the batch. */
    private void insert(TaskKey task, @Nullable String outhash, String unihash, Map<Column, String> details)
            throws SQLException {
        int at = 1;
        insert.setLong(at++, ++lastId);
        insert.setString(at++, task.method());
        insert.setString(at++, task.taskhash());
        setText(at++, outhash);
        insert.setString(at++, unihash);
        insert.setLong(at++, clock.instant().getEpochSecond());
        for (Column detail : Column.DETAILS) {
            setText(at++, details.get(detail));
        }
        insert.setLong(at++, RowKeys.ofTask(task));
        if (outhash == null) {
            insert.setNull(at++, Types.BIGINT);
        } else {
            insert.setLong(at++, RowKeys.ofOutput(task.method(), outhash));
        }
        insert.setLong(at, RowKeys.ofUnihash(unihash));
        insert.addBatch();
    }

    private void setText(int at, @Nullable String value) throws SQLException {
        if (value == null) {
            insert.setNull(at, Types.VARCHAR);
        } else {
            insert.setString(at, value);
        }
    }

    /** The number of the youngest row; 0 without rows. */
    long youngest() throws SQLException {
        try (ResultSet row = youngest.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
