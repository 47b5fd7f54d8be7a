package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements that write, prepared once on a connection. The caller commits. One thread at a time may use them. */
final class Changes {

    private final Connection connection;
    private final Lookups lookups;
    private final InstantSource clock;
    private final PreparedStatement insert;
    private final PreparedStatement keep;

    Changes(Connection connection, InstantSource clock) throws SQLException {
        this.connection = connection;
        this.clock = clock;
        lookups = new Lookups(connection);
        insert = connection.prepareStatement("""
                INSERT INTO equivalence (method, taskhash, outhash, unihash, created, gc_mark,
                    owner, PN, PV, PR, task, outhash_siginfo)
                VALUES (?, ?, ?, ?, ?, (SELECT id FROM collection), ?, ?, ?, ?, ?, ?)
                ON CONFLICT (method, outhash, taskhash) DO UPDATE SET unihash = excluded.unihash
                WHERE equivalence.unihash = ''
                """);
        keep = connection.prepareStatement("""
                INSERT INTO equivalence (method, taskhash, unihash, created, gc_mark)
                SELECT ?, ?, ?, ?, (SELECT id FROM collection)
                WHERE NOT EXISTS
                    (SELECT 1 FROM equivalence WHERE method = ? AND taskhash = ? AND unihash <> '')
                """);
    }

    /** The statements of a collection, which are prepared when they are needed. */
    Collection collection() {
        return new Collection(connection);
    }

    /** The statements that remove rows of a client's choice, which are prepared when they are needed. */
    Removal removal() {
        return new Removal(connection);
    }

    /** The statements of accounts, which are prepared when they are needed. */
    AccountStatements accounts() {
        return new AccountStatements(connection);
    }

    /**
     * Stores a report of a client of today's protocol, where a task never gets a second unihash: a further output of a known task stands for
     * the unihash of the task. The result is the unihash of the task.
     */
    Optional<String> assign(Report report) throws SQLException {
        Optional<String> known = lookups.answer(report.task());
        answer(known.isEmpty() ? report : new Report(report.task(), report.outhash(), known, report.details()));
        return lookups.answer(report.task());
    }

    /** Answers a question; a report is stored. Empty for a report without a unihash of an unknown output, which is not stored. */
    Optional<String> answer(Question question) throws SQLException {
        return switch (question) {
            case TaskKey task -> lookups.answer(task);
            case Report report -> {
                Optional<String> unihash = lookups.answer(report);
                if (unihash.isPresent()) {
                    insert(report, unihash.get());
                }
                yield unihash;
            }
        };
    }

    private void insert(Report report, String unihash) throws SQLException {
        int at = 1;
        insert.setString(at++, report.task().method());
        insert.setString(at++, report.task().taskhash());
        insert.setString(at++, report.outhash());
        insert.setString(at++, unihash);
        insert.setLong(at++, clock.instant().getEpochSecond());
        for (Column detail : Column.DETAILS) {
            @Nullable String value = report.details().get(detail);
            if (value == null) {
                insert.setNull(at++, Types.VARCHAR);
            } else {
                insert.setString(at++, value);
            }
        }
        insert.executeUpdate();
    }

    /** Stores the answer that another server gave, unless the task has a row by now. The result is the unihash of the task. */
    String keep(TaskKey task, String unihash) throws SQLException {
        int at = 1;
        keep.setString(at++, task.method());
        keep.setString(at++, task.taskhash());
        keep.setString(at++, unihash);
        keep.setLong(at++, clock.instant().getEpochSecond());
        keep.setString(at++, task.method());
        keep.setString(at, task.taskhash());
        keep.executeUpdate();
        return lookups.answer(task).orElse(unihash);
    }

    /** The number of the youngest row; 0 without rows. */
    long youngest() throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(id), 0) FROM equivalence")) {
            return row.getLong(1);
        }
    }
}
