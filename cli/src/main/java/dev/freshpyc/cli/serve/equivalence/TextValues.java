package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Statements whose values are all text. */
final class TextValues {

    private TextValues() {}

    /** Sets the values of a statement, in their order. */
    static void set(PreparedStatement statement, List<String> values) throws SQLException {
        for (int at = 0; at < values.size(); at++) {
            statement.setString(at + 1, values.get(at));
        }
    }

    /** Changes rows, and returns how many. */
    static long update(Connection connection, String sql, List<String> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            return statement.executeUpdate();
        }
    }
}
