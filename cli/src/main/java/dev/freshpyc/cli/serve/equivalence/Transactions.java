package dev.freshpyc.cli.serve.equivalence;

import java.sql.SQLException;

/** The transactions of a connection that writes. Each begins with the write lock, so that what it reads stays true until its commit. */
interface Transactions extends AutoCloseable {

    /** Waits for the write lock of all processes that use the database, a bounded time. */
    void begin() throws SQLException;

    /** Returns when the changes are on disk. */
    void commit() throws SQLException;

    void rollBack() throws SQLException;

    @Override
    void close() throws SQLException;
}
