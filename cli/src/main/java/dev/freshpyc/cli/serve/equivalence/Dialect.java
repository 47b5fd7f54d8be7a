package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.SQLException;

/** The differences between SQLite and PostgreSQL. All other statements are the same for both. */
sealed interface Dialect permits SqliteDialect, PostgresDialect {

    /** The kinds of failures of a database. */
    enum Failure {
        /** A value cannot be stored, whoever sends it at any time. */
        REFUSED,
        /** Another transaction came first, and no change of this one is stored: this one may be tried again. */
        CONFLICT,
        /** Any other failure. Whether a commit took place is unknown. */
        OTHER
    }

    /** The transactions of a connection that writes. */
    Transactions transactions(Connection connection) throws SQLException;

    /** A statement of {@link Migrations} in the words of this database. */
    String schema(String change);

    /** How many migrations were applied to a database; 0 for an empty one. */
    int version(Connection connection) throws SQLException;

    /** Makes, in an empty database, the table that {@link Transactions#begin} locks. */
    void prepare(Connection connection) throws SQLException;

    /** Stores how many migrations were applied, within a transaction. */
    void setVersion(Connection connection, int version) throws SQLException;

    /** An expression for the size of the database in bytes, without its log. */
    String sizeInBytes();

    /** The kind of a failure. */
    Failure kind(SQLException failure);
}
