package dev.freshpyc.cli.serve.equivalence;

import java.sql.SQLException;

/** The transactions of a connection that writes. Each begins with the write lock, so that the rows it reads do not change until its commit. */
interface Transactions extends AutoCloseable {

    /** Takes the write lock, for which all processes that use the database compete; waits a bounded time. */
    void begin() throws SQLException;

    /** Commits; returns when the changes are on disk. */
    void commit() throws SQLException;

    void rollBack() throws SQLException;

    @Override
    void close() throws SQLException;
}
