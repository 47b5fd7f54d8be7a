package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The statements that read, prepared once on a connection. Not thread-safe. */
final class Lookups implements AutoCloseable {

    private final Connection connection;
    private final Dialect dialect;
    private final PreparedStatement oldest;
    private final KnownUnihashes.Statements unihashes;
    private final RowLookups rows;

    Lookups(Connection connection, Dialect dialect) throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        oldest = connection.prepareStatement("""
                SELECT unihash,
                    EXISTS (SELECT 1 FROM collection WHERE sweeping = 1) OR EXISTS (SELECT 1 FROM removal)
                FROM equivalence WHERE task_key = ? AND method = ? AND taskhash = ? AND unihash <> '' ORDER BY id LIMIT 1
                """);
        unihashes = new KnownUnihashes.Statements(connection);
        rows = new RowLookups(connection);
    }

    /**
     * The unihash of a task.
     *
     * @param isLasting whether the row stays for at least {@link UnihashCache#LEASE}, since no sweep or removal runs
     */
    record FoundUnihash(String unihash, boolean isLasting) {}

    /** The unihash of the oldest row of a task. */
    Optional<FoundUnihash> oldest(TaskKey task) throws SQLException {
        oldest.setLong(1, RowKeys.ofTask(task));
        oldest.setString(2, task.method());
        oldest.setString(3, task.taskhash());
        try (ResultSet row = oldest.executeQuery()) {
            return row.next() ? Optional.of(new FoundUnihash(row.getString(1), !row.getBoolean(2))) : Optional.empty();
        }
    }

    /** The answers to questions in their order, without storing a report: its answer is the unihash that it would get. */
    List<Optional<String>> answers(List<Question> questions) throws SQLException {
        KnownUnihashes known = KnownUnihashes.of(unihashes, questions);
        return questions.stream().map(known::answer).toList();
    }

    /** The statements that read whole rows. */
    RowLookups rows() {
        return rows;
    }

    /** The statements that read accounts, prepared when they are needed. */
    AccountStatements accounts() {
        return new AccountStatements(connection);
    }

    /** How many rows there are, and how many bytes the database has. */
    StoreSize size() throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT (SELECT COUNT(*) FROM equivalence), (SELECT COUNT(DISTINCT method) FROM equivalence), "
                                + dialect.sizeInBytes())) {
            row.next();
            return new StoreSize(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
