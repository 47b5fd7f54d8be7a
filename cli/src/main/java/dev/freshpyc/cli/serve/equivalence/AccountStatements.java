package dev.freshpyc.cli.serve.equivalence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements of accounts. Each is part of one transaction, which the caller commits. */
final class AccountStatements {

    private final Connection connection;

    AccountStatements(Connection connection) {
        this.connection = connection;
    }

    /** The account of a name. */
    Optional<Account> find(String username) throws SQLException {
        return select(" WHERE username = ?", username).stream().findFirst();
    }

    /** All accounts by their names. */
    List<Account> all() throws SQLException {
        return select(" ORDER BY username");
    }

    private List<Account> select(String condition, String... values) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT username, token, permissions FROM account" + condition)) {
            TextValues.set(statement, List.of(values));
            List<Account> accounts = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    accounts.add(new Account(row.getString(1), row.getString(2), row.getString(3)));
                }
            }
            return accounts;
        }
    }

    /** Makes an account; false where its name is taken. */
    boolean insert(Account account) throws SQLException {
        return update(
                "INSERT INTO account (username, token, permissions) VALUES (?, ?, ?) ON CONFLICT (username) DO NOTHING",
                account.username(),
                account.token(),
                account.permissions());
    }

    boolean setToken(String username, String token) throws SQLException {
        return update("UPDATE account SET token = ? WHERE username = ?", token, username);
    }

    boolean setPermissions(String username, String permissions) throws SQLException {
        return update("UPDATE account SET permissions = ? WHERE username = ?", permissions, username);
    }

    boolean delete(String username) throws SQLException {
        return update("DELETE FROM account WHERE username = ?", username);
    }

    private boolean update(String sql, String... values) throws SQLException {
        return TextValues.update(connection, sql, List.of(values)) > 0;
    }
}
