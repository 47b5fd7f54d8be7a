package dev.freshpyc.indexer.fs.linux;

import java.util.Objects;

/** Whether somebody is looking. */
public final class Terminal {

    private Terminal() {}

    /** Whether a descriptor, 1 for standard output or 2 for standard error, is a terminal. */
    public static boolean isTerminal(int descriptor) {
        if (!Libc.isSupported()) {
            return Objects.requireNonNull(System.console()).isTerminal();
        }
        try (Libc libc = new Libc()) {
            return libc.isatty(descriptor);
        }
    }
}
