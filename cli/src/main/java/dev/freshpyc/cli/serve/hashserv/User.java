package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.serve.equivalence.Account;
import java.util.List;
import java.util.Set;

/** An authenticated user, with permissions. */
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

    /** Permissions in the notation of an account. */
    static String stored(Set<Permission> permissions) {
        return String.join(SEPARATOR, Permission.labels(permissions));
    }
}
