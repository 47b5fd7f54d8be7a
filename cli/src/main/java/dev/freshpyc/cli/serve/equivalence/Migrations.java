package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings the schema of a database to the version of this program. {@code PRAGMA user_version} counts the migrations that were applied. A
 * published migration is never changed: a change of the schema is a further one.
 */
final class Migrations {

    private static final List<List<String>> ALL = List.of(
            List.of(
                    """
            CREATE TABLE equivalence (
                id INTEGER PRIMARY KEY,
                method TEXT NOT NULL,
                taskhash TEXT NOT NULL,
                outhash TEXT,
                unihash TEXT NOT NULL,
                created INTEGER NOT NULL,
                gc_mark INTEGER,
                owner TEXT,
                PN TEXT,
                PV TEXT,
                PR TEXT,
                task TEXT,
                outhash_siginfo TEXT)
            """,
                    "CREATE UNIQUE INDEX equivalence_by_output ON equivalence (method, outhash, taskhash)",
                    "CREATE INDEX equivalence_by_task ON equivalence (method, taskhash)", // SQLite appends the id: the
                    // oldest
                    // is first
                    """
            CREATE TABLE collection (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                mark TEXT NOT NULL UNIQUE,
                sweeping INTEGER NOT NULL)
            """),
            List.of(
                    "CREATE INDEX equivalence_by_unihash ON equivalence (unihash)",
                    "CREATE TABLE removal (id TEXT NOT NULL PRIMARY KEY, begun BIGINT NOT NULL)",
                    """
            CREATE TABLE account (
                username TEXT NOT NULL PRIMARY KEY,
                token TEXT NOT NULL,
                permissions TEXT NOT NULL)
            """));

    private Migrations() {}

    /**
     * Applies what is missing. Of processes that do so at once, one does it and the others wait.
     *
     * @throws SQLException when the schema is of a newer program, too
     */
    static void apply(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                Transactions transactions = new Transactions(connection)) {
            if (version(statement) != ALL.size()) {
                transactions.begin();
                migrate(statement);
                transactions.commit();
            }
        }
    }

    private static void migrate(Statement statement) throws SQLException {
        int applied = version(statement);
        if (applied > ALL.size()) {
            throw new SQLException("it was written by a newer freshpyc (schema " + applied + ", known " + ALL.size()
                    + "): upgrade freshpyc or name another file with --store");
        }
        for (List<String> migration : ALL.subList(applied, ALL.size())) {
            for (String change : migration) {
                statement.execute(change);
            }
        }
        statement.execute("PRAGMA user_version = " + ALL.size());
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }
}
