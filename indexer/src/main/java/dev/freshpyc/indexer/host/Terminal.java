package dev.freshpyc.indexer.host;

import dev.freshpyc.indexer.fs.linux.Libc;
import dev.freshpyc.indexer.fs.linux.NativeSupport;
import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Tells whether an output goes to a terminal. */
public final class Terminal {

    private Terminal() {}

    /**
     * Whether a descriptor, 1 for standard output or 2 for standard error, is a terminal. Without native support Java only knows
     * whether the whole process is interactive.
     */
    @SuppressWarnings("SystemConsoleNull") // true of JDK 22 to 24 alone
    public static boolean isTerminal(int descriptor) {
        if (NativeSupport.isAvailable()) {
            try (Libc libc = new Libc()) {
                return libc.isatty(descriptor);
            }
        }
        @Nullable Console console = System.console();
        return console != null && console.isTerminal();
    }
}
