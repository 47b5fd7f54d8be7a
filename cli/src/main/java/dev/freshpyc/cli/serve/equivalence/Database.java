package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.sql.SQLException;

/** A database of equivalences, which any number of processes may use at once. Thread-safe. */
sealed interface Database permits SqliteDatabase, PostgresDatabase {

    /** Reads on a connection. */
    @FunctionalInterface
    interface RowReading<T> {
        T of(Lookups lookups) throws SQLException;
    }

    /** Uses the connection that writes. */
    @FunctionalInterface
    interface RowWriting {
        void with(Transactions transactions, WritingStatements changes) throws SQLException;
    }

    Dialect dialect();

    /**
     * Reads on a connection that is free, and waits for one for a bounded time.
     *
     * @throws IOException when no connection becomes free, or the database fails
     */
    <T> T read(RowReading<T> reading) throws IOException, InterruptedException;

    /** Uses the connection that writes. Only one thread at a time does so. */
    void write(RowWriting writing) throws SQLException;

    /** Closes the connection that writes, which no thread uses any more. */
    void closeWriter() throws SQLException;

    /** Closes the connections that read, each when it is free. */
    void closeReaders() throws SQLException, InterruptedException;
}
