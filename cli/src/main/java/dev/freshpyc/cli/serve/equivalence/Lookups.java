package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements that read, prepared once on a connection. One thread at a time may use them. */
final class Lookups implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement oldest;
    private final PreparedStatement sameOutput;
    private final PreparedStatement plain;
    private final Statement transaction;
    private final RowLookups rows;

    Lookups(Connection connection) throws SQLException {
        this.connection = connection;
        oldest = connection.prepareStatement("""
                SELECT unihash,
                    EXISTS (SELECT 1 FROM collection WHERE sweeping = 1) OR EXISTS (SELECT 1 FROM removal)
                FROM equivalence WHERE method = ? AND taskhash = ? AND unihash <> '' ORDER BY id LIMIT 1
                """);
        sameOutput = connection.prepareStatement("""
                SELECT unihash FROM equivalence WHERE method = ? AND outhash = ? AND unihash <> '' LIMIT 1
                """);
        plain = connection.prepareStatement("""
                SELECT unihash FROM equivalence WHERE method = ? AND taskhash = ? AND unihash <> '' ORDER BY id LIMIT 1
                """);
        transaction = connection.createStatement();
        rows = new RowLookups(connection);
    }

    /**
     * The unihash of a task.
     *
     * @param isLasting whether the row is there for {@link UnihashCache#LEASE} at least, since no sweep or removal goes on
     */
    record Found(String unihash, boolean isLasting) {}

    /** The unihash of the oldest row of a task. */
    Optional<Found> oldest(TaskKey task) throws SQLException {
        oldest.setString(1, task.method());
        oldest.setString(2, task.taskhash());
        try (ResultSet row = oldest.executeQuery()) {
            return row.next() ? Optional.of(new Found(row.getString(1), row.getInt(2) == 0)) : Optional.empty();
        }
    }

    /** The unihashes of tasks in their order. One transaction for all takes the locks of the database once. */
    List<Optional<String>> unihashes(List<TaskKey> tasks) throws SQLException {
        transaction.execute("BEGIN");
        try {
            List<Optional<String>> unihashes = new ArrayList<>(tasks.size());
            for (TaskKey task : tasks) {
                plain.setString(1, task.method());
                plain.setString(2, task.taskhash());
                try (ResultSet row = plain.executeQuery()) {
                    unihashes.add(row.next() ? Optional.of(row.getString(1)) : Optional.empty());
                }
            }
            return unihashes;
        } finally {
            transaction.execute("COMMIT");
        }
    }

    /** The unihash that all rows of an output have. */
    Optional<String> ofOutput(String method, String outhash) throws SQLException {
        sameOutput.setString(1, method);
        sameOutput.setString(2, outhash);
        try (ResultSet row = sameOutput.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    /** The unihash that a question has without any change: of a report, the one that it would get. */
    Optional<String> answer(Question question) throws SQLException {
        return switch (question) {
            case TaskKey task -> oldest(task).map(Found::unihash);
            case Report report ->
                ofOutput(report.task().method(), report.outhash()).or(report::unihash);
        };
    }

    /** The statements that read whole rows. */
    RowLookups rows() {
        return rows;
    }

    /** The statements that read accounts, which are prepared when they are needed. */
    AccountStatements accounts() {
        return new AccountStatements(connection);
    }

    /** How many rows there are, and how many bytes the file has. */
    StoreSize size() throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT (SELECT COUNT(*) FROM equivalence), (SELECT COUNT(DISTINCT method) FROM equivalence),
                            (SELECT page_count FROM pragma_page_count()) * (SELECT page_size FROM pragma_page_size())
                        """)) {
            return new StoreSize(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
