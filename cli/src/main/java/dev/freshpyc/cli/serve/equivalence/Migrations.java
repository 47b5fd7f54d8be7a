package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings the schema of a database to the version of this program, which is the number of migrations. A published migration is never changed:
 * each change of the schema is a further migration. Migrations are written for SQLite, and {@link Dialect#schema} translates them for
 * PostgreSQL.
 */
final class Migrations {

    private static final List<List<String>> ALL = List.of(List.of(
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
                outhash_siginfo TEXT,
                task_key INTEGER NOT NULL,
                output_key INTEGER,
                unihash_key INTEGER)
            """,
            "CREATE UNIQUE INDEX equivalence_by_output ON equivalence (output_key, task_key)",
            "CREATE INDEX equivalence_by_task ON equivalence (task_key)", // SQLite appends the id
            "CREATE INDEX equivalence_by_unihash ON equivalence (unihash_key)",
            """
            CREATE TABLE collection (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                mark TEXT NOT NULL UNIQUE,
                sweeping INTEGER NOT NULL)
            """,
            "CREATE TABLE removal (id TEXT NOT NULL PRIMARY KEY, begun BIGINT NOT NULL)",
            """
            CREATE TABLE account (
                username TEXT NOT NULL PRIMARY KEY,
                token TEXT NOT NULL,
                permissions TEXT NOT NULL)
            """));

    private Migrations() {}

    /**
     * Applies the missing migrations. Where several processes do so at once, one applies them and the others wait.
     *
     * @throws SQLException when a statement fails, or the schema is of a newer program
     */
    static void apply(Connection connection, Dialect dialect) throws SQLException {
        int version = dialect.version(connection);
        requireKnown(version);
        if (version < ALL.size()) {
            dialect.prepare(connection);
            migrate(connection, dialect);
        }
    }

    private static void migrate(Connection connection, Dialect dialect) throws SQLException {
        try (Transactions transactions = dialect.transactions(connection);
                Statement statement = connection.createStatement()) {
            transactions.begin();
            int applied = dialect.version(
                    connection); // read with the lock, since another process may have migrated meanwhile
            requireKnown(applied);
            for (List<String> migration : ALL.subList(applied, ALL.size())) {
                for (String change : migration) {
                    statement.execute(dialect.schema(change));
                }
            }
            dialect.setVersion(connection, ALL.size());
            transactions.commit();
        }
    }

    /** Fails for a version that this program does not know. */
    static void requireKnown(int version) throws SQLException {
        if (version > ALL.size()) {
            throw new SQLException("it was written by a newer freshpyc (schema " + version + ", known " + ALL.size()
                    + "): upgrade freshpyc");
        }
    }
}
