package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;

/** SQLite. The schema and all statements are written for it. */
final class SqliteDialect implements Dialect {

    private static final int PRIMARY_CODE = 0xff; // the rest of an error code tells details
    private static final Set<SQLiteErrorCode> REFUSALS = Set.of(
            SQLiteErrorCode.SQLITE_TOOBIG,
            SQLiteErrorCode.SQLITE_CONSTRAINT,
            SQLiteErrorCode.SQLITE_MISMATCH,
            SQLiteErrorCode.SQLITE_RANGE);

    @Override
    public Transactions transactions(Connection connection) throws SQLException {
        return new SqliteTransactions(connection);
    }

    @Override
    public String schema(String change) {
        return change;
    }

    @Override
    public int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    @Override
    public void prepare(Connection connection) {
        // SQLite locks the file itself.
    }

    @Override
    public void setVersion(Connection connection, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = " + version);
        }
    }

    @Override
    public String sizeInBytes() {
        return "(SELECT page_count FROM pragma_page_count()) * (SELECT page_size FROM pragma_page_size())";
    }

    @Override
    public Failure kind(SQLException failure) {
        return REFUSALS.stream().anyMatch(code -> code.code == (failure.getErrorCode() & PRIMARY_CODE))
                ? Failure.REFUSED
                : Failure.OTHER;
    }
}
