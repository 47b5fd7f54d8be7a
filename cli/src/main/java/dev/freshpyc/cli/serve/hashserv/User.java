package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.serve.equivalence.Account;
import java.util.List;
import java.util.Set;

/** Who a client has said to be, with what that user may do. */
record User(String name, Set<Permission> permissions) {

    private static final String SEPARATOR = " ";

    User {
        permissions = Set.copyOf(permissions);
    }

    /** The user of an account. */
    static User of(Account account) throws RefusedException {
        return new User(
                account.username(),
                Permission.of(List.of(account.permissions().split(SEPARATOR)).stream()
                        .filter(label -> !label.isEmpty())
                        .toList()));
    }

    /** Permissions as an account has them. */
    static String stored(Set<Permission> permissions) {
        return String.join(SEPARATOR, Permission.labels(permissions));
    }
}
