package dev.freshpyc.indexer.host;

import dev.freshpyc.indexer.fs.linux.Libc;
import dev.freshpyc.indexer.fs.linux.NativeSupport;
import java.util.Objects;

/** Tells whether an output goes to a terminal. */
public final class Terminal {

    private Terminal() {}

    /**
     * Whether a descriptor, 1 for standard output or 2 for standard error, is a terminal. Without native support Java only knows
     * whether the whole process is interactive.
     */
    public static boolean isTerminal(int descriptor) {
        if (NativeSupport.isAvailable()) {
            try (Libc libc = new Libc()) {
                return libc.isatty(descriptor);
            }
        }
        return Objects.requireNonNull(System.console()).isTerminal();
    }
}
