package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements that read whole rows or count them. Not thread-safe. */
final class RowLookups {

    private static final String COLUMNS =
            Arrays.stream(Column.values()).map(Column::label).collect(Collectors.joining(", "));
    private static final String SELECT = "SELECT id, created, " + COLUMNS + " FROM equivalence WHERE ";
    private static final List<String> TABLES = List.of("equivalence", "collection", "removal", "account");

    private final Connection connection;
    private final PreparedStatement unihash;

    RowLookups(Connection connection) throws SQLException {
        this.connection = connection;
        unihash =
                connection.prepareStatement("SELECT 1 FROM equivalence WHERE unihash_key = ? AND unihash = ? LIMIT 1");
    }

    /** Whether a row has a unihash. */
    boolean exists(String value) throws SQLException {
        unihash.setLong(1, RowKeys.ofUnihash(value));
        unihash.setString(2, value);
        try (ResultSet row = unihash.executeQuery()) {
            return !value.isEmpty() && row.next();
        }
    }

    /** The oldest row of a task whose output is known. */
    Optional<StoredRow> ofTask(TaskKey task) throws SQLException {
        return oldest(
                RowKeys.ofTask(task),
                "task_key = ? AND method = ? AND taskhash = ? AND outhash IS NOT NULL AND unihash <> ''",
                task.method(),
                task.taskhash());
    }

    /**
     * The oldest row of an output.
     *
     * @param withUnihash whether rows whose unihash was removed are left out
     */
    Optional<StoredRow> ofOutput(String method, String outhash, boolean withUnihash) throws SQLException {
        return oldest(
                RowKeys.ofOutput(method, outhash),
                "output_key = ? AND method = ? AND outhash = ?" + (withUnihash ? " AND unihash <> ''" : ""),
                method,
                outhash);
    }

    private Optional<StoredRow> oldest(long key, String condition, String first, String second) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + condition + " ORDER BY id LIMIT 1")) {
            statement.setLong(1, key);
            statement.setString(2, first);
            statement.setString(3, second);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row(row)) : Optional.empty();
            }
        }
    }

    private static StoredRow row(ResultSet row) throws SQLException {
        Map<Column, String> values = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            @Nullable String value = row.getString(column.label());
            if (value != null && !(column == Column.UNIHASH && value.isEmpty())) {
                values.put(column, value);
            }
        }
        return new StoredRow(row.getLong("id"), Instant.ofEpochSecond(row.getLong("created")), values);
    }

    /** How many rows with a unihash have all the given values. */
    long count(Map<Column, String> where) throws SQLException {
        Conditions conditions = new Conditions(where);
        return count("SELECT COUNT(*) FROM equivalence WHERE unihash <> ''" + conditions.sql(), conditions.values());
    }

    /** The forecast of the next sweep. */
    CollectionStatus status() throws SQLException {
        long all = count("SELECT COUNT(*) FROM equivalence WHERE unihash <> ''", List.of());
        try (PreparedStatement statement = connection.prepareStatement("SELECT id, mark FROM collection");
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return new CollectionStatus(all, 0, Optional.empty());
            }
            long kept = count(
                    "SELECT COUNT(*) FROM equivalence WHERE unihash <> '' AND gc_mark = " + row.getLong(1), List.of());
            return new CollectionStatus(kept, all - kept, Optional.of(row.getString(2)));
        }
    }

    /** How many rows each table has. */
    Map<String, Long> usage() throws SQLException {
        Map<String, Long> usage = new LinkedHashMap<>();
        for (String table : TABLES) {
            usage.put(table, count("SELECT COUNT(*) FROM " + table, List.of()));
        }
        return usage;
    }

    private long count(String sql, List<String> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            TextValues.set(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
