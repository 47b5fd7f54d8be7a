package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Transactions that lock the row of {@code freshpyc_schema}. The connection does not commit by itself. */
final class PostgresTransactions implements Transactions {

    private final Connection connection;
    private final PreparedStatement lock;

    PostgresTransactions(Connection connection) throws SQLException {
        this.connection = connection;
        lock = connection.prepareStatement("SELECT version FROM freshpyc_schema FOR UPDATE");
    }

    /** Locks the row; fails when a newer program has changed the schema since this process started. */
    @Override
    public void begin() throws SQLException {
        try (ResultSet row = lock.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the table freshpyc_schema has no row");
            }
            Migrations.requireKnown(row.getInt(1));
        }
    }

    @Override
    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void rollBack() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        lock.close();
    }
}
