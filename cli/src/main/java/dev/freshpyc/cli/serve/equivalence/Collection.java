package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The statements of mark and sweep. Each method is part of one transaction, which the caller commits. */
final class Collection {

    private final Connection connection;

    Collection(Connection connection) {
        this.connection = connection;
    }

    /** The number of the collection with a mark, which is begun where needed. A running collection with another mark is given up. */
    long begin(String mark) throws SQLException {
        OptionalLong known = find(mark);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        update("DELETE FROM collection");
        update("INSERT INTO collection (mark, sweeping) VALUES (?, 0)", mark);
        return find(mark).orElseThrow(() -> new SQLException("a new collection has no number"));
    }

    /** The number of the running collection with a mark. */
    OptionalLong find(String mark) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM collection WHERE mark = ?")) {
            statement.setString(1, mark);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Marks the rows of a range that have all the given values. */
    long mark(long id, RowRange range, Map<Column, String> where) throws SQLException {
        return mark(id, " AND " + range.condition(), where);
    }

    /** Marks the rows that have all the given values, which an index finds. */
    long mark(long id, Map<Column, String> where) throws SQLException {
        return mark(id, "", where);
    }

    private long mark(long id, String further, Map<Column, String> where) throws SQLException {
        Conditions conditions = new Conditions(where);
        return TextValues.update(
                connection,
                "UPDATE equivalence SET gc_mark = " + id + " WHERE gc_mark IS DISTINCT FROM " + id + further
                        + conditions.sql(),
                conditions.values());
    }

    /** Announces that rows will be removed: from now on, no process keeps an answer in memory. */
    void beginSweep(long id) throws SQLException {
        update("UPDATE collection SET sweeping = 1 WHERE id = " + id);
    }

    /** Removes the rows of a range that do not have the mark, unless the collection was given up. */
    long sweep(long id, RowRange range) throws SQLException {
        return update("DELETE FROM equivalence WHERE " + range.condition() + " AND gc_mark IS DISTINCT FROM " + id
                + " AND EXISTS (SELECT 1 FROM collection WHERE id = " + id + ")");
    }

    void end(long id) throws SQLException {
        update("DELETE FROM collection WHERE id = " + id);
    }

    private long update(String sql, String... values) throws SQLException {
        return TextValues.update(connection, sql, List.of(values));
    }
}
