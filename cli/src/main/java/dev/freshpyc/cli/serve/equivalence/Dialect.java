package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.SQLException;

/** What SQLite and PostgreSQL do differently. All other statements are the same for both. */
sealed interface Dialect permits SqliteDialect, PostgresDialect {

    /** What to do after a failure of a database. */
    enum Failure {
        /** A value cannot be stored, whenever and by whomever it is sent. */
        REFUSED,
        /** Another transaction came first, and nothing of this one is stored: the same may be tried again. */
        CONFLICT,
        /** Anything else. Whether a commit took place is unknown. */
        OTHER
    }

    /** The transactions of a connection that writes. */
    Transactions transactions(Connection connection) throws SQLException;

    /** A statement of {@link Migrations} in the words of this database. */
    String schema(String change);

    /** How many migrations were applied to a database; 0 for an empty one. */
    int version(Connection connection) throws SQLException;

    /** Makes what {@link Transactions#begin} locks, on an empty database. */
    void prepare(Connection connection) throws SQLException;

    /** Stores how many migrations were applied, within a transaction. */
    void setVersion(Connection connection, int version) throws SQLException;

    /** An expression for the size of the database in bytes, without its log. */
    String sizeInBytes();

    /** What kind of failure an exception tells of. */
    Failure kind(SQLException failure);
}
