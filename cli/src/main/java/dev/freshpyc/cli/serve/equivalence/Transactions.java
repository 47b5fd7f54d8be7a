package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The transactions of a connection that writes. Each begins with the write lock, so that what it reads stays true until its commit. They
 * are told to SQLite in SQL, because {@link Connection#setAutoCommit} of its driver begins the next transaction at once, and would hold the
 * lock while there is nothing to write.
 */
final class Transactions implements AutoCloseable {

    private final Statement statement;

    Transactions(Connection connection) throws SQLException {
        statement = connection.createStatement();
    }

    /** Waits for the write lock, a bounded time. */
    void begin() throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
    }

    /** Returns when the changes are on disk. */
    void commit() throws SQLException {
        statement.execute("COMMIT");
    }

    void rollBack() throws SQLException {
        statement.execute("ROLLBACK");
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
