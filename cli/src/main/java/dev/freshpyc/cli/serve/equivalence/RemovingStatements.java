package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The statements that remove parts of rows. A row has two parts: the unihash of a task, and an output of the task. Each part can be removed
 * alone: {@code unihash} is empty then, or {@code outhash} and the details are null. Each method is part of one transaction, which the
 * caller commits.
 */
final class RemovingStatements {

    /** A removal that has not ended after this many seconds is forgotten, since its process is probably gone. */
    private static final long FORGOTTEN = 3_600;

    private static final String UNUSED = """
            unihash = '' AND created <= ? AND NOT EXISTS (
                SELECT 1 FROM equivalence used WHERE used.task_key = equivalence.task_key
                    AND used.method = equivalence.method AND used.taskhash = equivalence.taskhash AND used.unihash <> '')
            """;

    private final Connection connection;

    RemovingStatements(Connection connection) {
        this.connection = connection;
    }

    /** Announces that rows will be removed: from now on, no process keeps an answer in memory. */
    void begin(String id, long now) throws SQLException {
        update("DELETE FROM removal WHERE begun < " + (now - FORGOTTEN), List.of());
        update("INSERT INTO removal (id, begun) VALUES (?, " + now + ")", List.of(id));
    }

    void end(String id) throws SQLException {
        update("DELETE FROM removal WHERE id = ?", List.of(id));
    }

    /**
     * Removes from the rows of a range that have all the given values: the output where only the output is named, the unihash where only the
     * unihash is named, otherwise the row. The result is the number of rows.
     */
    long remove(RowRange range, Map<Column, String> where) throws SQLException {
        Conditions conditions = new Conditions(where);
        String rows = " WHERE " + range.condition() + conditions.sql();
        boolean output = conditions.nameAnOutput();
        boolean unihash = conditions.nameAUnihash();
        long removed = 0;
        String rest = rows;
        if (output && !unihash) {
            removed += update(
                    "UPDATE equivalence SET outhash = NULL, output_key = NULL, owner = NULL, PN = NULL, PV = NULL, PR = NULL, task = NULL,"
                            + " outhash_siginfo = NULL" + rows + " AND outhash IS NOT NULL AND unihash <> ''",
                    conditions.values());
            rest = rows + " AND unihash = ''";
        } else if (unihash && !output) {
            removed += update(
                    "UPDATE equivalence SET unihash = '', unihash_key = NULL" + rows
                            + " AND outhash IS NOT NULL AND unihash <> ''",
                    conditions.values());
            rest = rows + " AND outhash IS NULL";
        }
        return removed + update("DELETE FROM equivalence" + rest, conditions.values());
    }

    /** Removes the outputs of a range whose task has no unihash and that were stored until {@code until}, in seconds since 1970. */
    long removeUnused(RowRange range, long until) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM equivalence WHERE " + range.condition() + " AND " + UNUSED)) {
            statement.setLong(1, until);
            return statement.executeUpdate();
        }
    }

    private long update(String sql, List<String> values) throws SQLException {
        return TextValues.update(connection, sql, values);
    }
}
