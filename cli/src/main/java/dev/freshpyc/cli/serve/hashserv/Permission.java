package dev.freshpyc.cli.serve.hashserv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The permissions of users in the protocol. */
enum Permission {
    READ("@read"),
    REPORT("@report"),
    DB_ADMIN("@db-admin"),
    USER_ADMIN("@user-admin"),
    ALL("@all");

    /** A word of the protocol for no permission. */
    private static final String NONE = "@none";

    private final String label;

    Permission(String label) {
        this.label = label;
    }

    /** The name in the protocol. */
    String label() {
        return label;
    }

    /** Whether a user with some permissions has this permission. */
    boolean isIn(Set<Permission> had) {
        return had.contains(this) || had.contains(ALL);
    }

    /** The permissions of some names. */
    static Set<Permission> of(Collection<String> labels) throws RefusedException {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        List<String> unknown = new ArrayList<>();
        for (String label : labels) {
            List<Permission> found = Arrays.stream(values())
                    .filter(permission -> permission.label.equals(label))
                    .toList();
            permissions.addAll(found);
            if (found.isEmpty() && !label.equals(NONE)) {
                unknown.add(label);
            }
        }
        if (!unknown.isEmpty()) {
            throw new RefusedException("Unknown permissions " + String.join(", ", new TreeSet<>(unknown)));
        }
        return permissions;
    }

    /** The names of permissions in alphabetical order. */
    static Set<String> labels(Set<Permission> permissions) {
        Set<String> labels = new TreeSet<>();
        permissions.forEach(permission -> labels.add(permission.label));
        return labels;
    }

    /** The names of all permissions that a user with some permissions has, in alphabetical order: with {@link #ALL}, all names. */
    static Set<String> allowed(Set<Permission> permissions) {
        return labels(permissions.contains(ALL) ? EnumSet.allOf(Permission.class) : permissions);
    }
}
