package dev.freshpyc.cli.place;

import dev.freshpyc.core.file.UnixUser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Commands that start others with more or fewer privileges than the tests have. */
final class Privileges {

    /** What is mounted is seen by that process alone, and gone with it. */
    static final List<String> OWN_MOUNTS = List.of("unshare", "--mount");

    /** Root without what makes it root; anybody else has nothing to lose. */
    static final List<String> NONE =
            isRoot() ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all") : List.of();

    /** Somebody who is not root, but may read the classes wherever they are. */
    static final List<String> NOBODY = List.of(
            "setpriv",
            "--reuid=54321",
            "--regid=54321",
            "--clear-groups",
            "--inh-caps=+dac_read_search",
            "--ambient-caps=+dac_read_search");

    private Privileges() {}

    static boolean isRoot() {
        return UnixUser.effective().equals(Optional.of(UnixUser.ROOT));
    }

    /** Whether something can be started that way here. */
    static boolean allow(List<String> prefix) throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
