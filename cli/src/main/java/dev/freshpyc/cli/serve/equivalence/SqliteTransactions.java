package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Transactions that SQLite is told of in SQL, because {@link Connection#setAutoCommit} of its driver begins the next transaction at once, and
 * would hold the lock while there is nothing to write.
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
