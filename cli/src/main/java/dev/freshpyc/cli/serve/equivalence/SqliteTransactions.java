package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Begins and ends transactions by SQL statements, because {@link Connection#setAutoCommit} of SQLite's driver begins the next transaction
 * at once, and would hold the lock while there is nothing to write.
 */
final class SqliteTransactions implements Transactions {

    private final Statement statement;

    SqliteTransactions(Connection connection) throws SQLException {
        statement = connection.createStatement();
    }

    @Override
    public void begin() throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
    }

    @Override
    public void commit() throws SQLException {
        statement.execute("COMMIT");
    }

    @Override
    public void rollBack() throws SQLException {
        statement.execute("ROLLBACK");
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
