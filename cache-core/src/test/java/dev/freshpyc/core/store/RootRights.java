package dev.freshpyc.core.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.file.UnixUser;
import java.util.Optional;

/** Skips tests that need root or that root would spoil. */
public final class RootRights {

    private RootRights() {}

    /** Skips the test unless it runs as root. */
    public static void require(String why) {
        assumeTrue(isRoot(), "NOT RUN: " + why);
    }

    /** Skips the test if it runs as root. */
    public static void refuse(String why) {
        assumeTrue(!isRoot(), "NOT RUN: " + why);
    }

    private static boolean isRoot() {
        return UnixUser.effective().equals(Optional.of(UnixUser.ROOT));
    }
}
