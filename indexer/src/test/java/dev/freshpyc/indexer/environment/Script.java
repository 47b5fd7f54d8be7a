package dev.freshpyc.indexer.environment;

import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shell scripts that stand in for interpreters, or start a real one in unfriendly surroundings. */
public final class Script {

    private Script() {}

    /** An executable script of that body; its path as a user would give it. */
    public static String write(Path directory, String name, String body) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
        return file.toString();
    }

    /** {@code text} as one word of a shell command. */
    public static String quoted(Object text) {
        return "'" + text.toString().replace("'", "'\\''") + "'";
    }
}
