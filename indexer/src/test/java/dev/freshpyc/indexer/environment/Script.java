package dev.freshpyc.indexer.environment;

import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shell scripts that act as interpreters, or start a real interpreter in a hostile environment. */
public final class Script {

    private Script() {}

    /** Writes an executable script and returns its path as a user would type it. */
    public static String write(Path directory, String name, String body) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
        return file.toString();
    }

    /** Quotes {@code text} as one word of a shell command. */
    public static String quoted(Object text) {
        return "'" + text.toString().replace("'", "'\\''") + "'";
    }
}
