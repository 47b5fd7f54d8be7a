package dev.freshpyc.cli.serve.hashserv;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The client of a connection, who is anonymous at first. */
final class Caller {

    private final Set<Permission> anonymous;
    private Optional<User> user = Optional.empty();

    /** An anonymous client, who has the permissions of anybody. */
    Caller(Set<Permission> anonymous) {
        this.anonymous = anonymous;
    }

    Optional<User> user() {
        return user;
    }

    /** From now on the client is a user. */
    void become(User other) {
        user = Optional.of(other);
    }

    boolean may(Permission permission) {
        return permission.isIn(anonymous) || mayAsUser(permission);
    }

    private boolean mayAsUser(Permission permission) {
        return user.isPresent() && permission.isIn(user.get().permissions());
    }

    void require(Permission... permissions) throws RefusedException {
        if (!Arrays.stream(permissions).allMatch(this::may)) {
            throw refused(permissions);
        }
    }

    /** Requires that the client is a user who may administrate users, which an anonymous client never may. */
    void requireUserAdmin() throws RefusedException {
        if (!mayAsUser(Permission.USER_ADMIN)) {
            throw refused(Permission.USER_ADMIN);
        }
    }

    private RefusedException refused(Permission... permissions) {
        return new RefusedException(user.map(User::name).orElse("Anonymous user")
                + " has not the permission "
                + Arrays.stream(permissions).map(Permission::label).collect(Collectors.joining(", ")));
    }
}
