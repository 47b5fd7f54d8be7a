package dev.freshpyc.indexer.hook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A script of this package with the program's path filled in. */
final class HookScript {

    private HookScript() {}

    /**
     * The text of a script.
     *
     * @param program the program that the script runs: a path, or a name to look for on the PATH
     */
    static String of(String name, String program) throws IOException {
        try (InputStream in = Objects.requireNonNull(HookScript.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${FRESHPYC_PROGRAM:-@program@}", "${FRESHPYC_PROGRAM:-" + quoted(program) + "}");
        }
    }

    /** The path as a shell word; inside an expansion too, single quotes protect everything but themselves. */
    private static String quoted(String program) {
        return "'" + program.replace("'", "'\\''") + "'";
    }
}
