package dev.freshpyc.cli.place;

import dev.freshpyc.cli.repair.Shell;
import java.util.ArrayList;
import java.util.List;

/** Command prefixes that run a program with other privileges than those of the tests. */
final class Privileges {

    /** Runs the program with private mounts, which end with the process. */
    static final List<String> OWN_MOUNTS = List.of("unshare", "--mount");

    /** Runs the program as root without capabilities; empty for other users, who have none. */
    static final List<String> NONE =
            Shell.isRoot() ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all") : List.of();

    /** Runs the program as a user other than root who may read all files, so that the JVM can read the classes. */
    static final List<String> NOBODY = List.of(
            "setpriv",
            "--reuid=54321",
            "--regid=54321",
            "--clear-groups",
            "--inh-caps=+dac_read_search",
            "--ambient-caps=+dac_read_search");

    private Privileges() {}

    /** Returns whether this machine can start a program with {@code prefix}. */
    static boolean allow(List<String> prefix) throws InterruptedException {
        List<Object> command = new ArrayList<>(prefix);
        command.add("true");
        return Shell.succeeds(command.toArray());
    }
}
