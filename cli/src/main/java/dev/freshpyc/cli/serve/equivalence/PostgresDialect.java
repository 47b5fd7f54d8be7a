package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * PostgreSQL. The table {@code freshpyc_schema} has one row: {@code version} counts the migrations that were applied, and every transaction
 * that writes locks the row.
 */
final class PostgresDialect implements Dialect {

    private static final String NO_SUCH_TABLE = "42P01";
    private static final Set<String> MADE_MEANWHILE = Set.of("23505", "42P07", "42710");
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    /** The first digits of errors about values: data exceptions, violated constraints, exceeded limits of an index. */
    private static final Set<String> REFUSALS = Set.of("22", "23", "54");

    @Override
    public Transactions transactions(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return new PostgresTransactions(connection);
    }

    /**
     * Names the types of PostgreSQL. Text is compared byte by byte, as in SQLite. This is faster than by a language's rules, and an update of
     * the system's C library, which may change such rules, does not damage the indexes. The id is named in the index by task, since only
     * SQLite appends it to every index.
     */
    @Override
    public String schema(String change) {
        return change.replace("INTEGER PRIMARY KEY AUTOINCREMENT", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
                .replace(" INTEGER", " BIGINT")
                .replace(" TEXT", " TEXT COLLATE \"C\"")
                .replace("ON equivalence (task_key)", "ON equivalence (task_key, id)");
    }

    @Override
    public int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT version FROM freshpyc_schema")) {
            return row.next() ? row.getInt(1) : 0;
        } catch (SQLException failed) {
            if (NO_SUCH_TABLE.equals(failed.getSQLState())) {
                return 0;
            }
            throw failed;
        }
    }

    /** Makes the table. Where two processes make it at the same time, one of them gets an error, which does not matter. */
    @Override
    public void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute("CREATE TABLE IF NOT EXISTS freshpyc_schema"
                        + " (place INTEGER PRIMARY KEY CHECK (place = 1), version INTEGER NOT NULL)");
            } catch (SQLException failed) {
                if (!MADE_MEANWHILE.contains(failed.getSQLState())) {
                    throw failed;
                }
            }
            statement.execute("INSERT INTO freshpyc_schema (place, version) VALUES (1, 0) ON CONFLICT DO NOTHING");
        }
    }

    @Override
    public void setVersion(Connection connection, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("UPDATE freshpyc_schema SET version = " + version);
        }
    }

    @Override
    public String sizeInBytes() {
        return "pg_total_relation_size('equivalence')";
    }

    @Override
    public Failure kind(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (CONFLICTS.contains(state)) {
            return Failure.CONFLICT;
        }
        return REFUSALS.stream().anyMatch(state::startsWith) ? Failure.REFUSED : Failure.OTHER;
    }
}
