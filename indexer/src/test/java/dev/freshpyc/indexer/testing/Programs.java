package dev.freshpyc.indexer.testing;

import java.io.IOException;
import java.util.List;

/** Runs programs of the system for tests. */
public final class Programs {

    private Programs() {}

    /** Runs a program to its end without showing its output; false when the program fails or does not exist. */
    public static boolean succeeds(Object... command) throws InterruptedException {
        try {
            List<String> words = List.of(command).stream().map(Object::toString).toList();
            return new ProcessBuilder(words)
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
