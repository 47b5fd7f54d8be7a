package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.file.UnixUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Runs system programs that tests need. */
public final class Shell {

    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin"), Path.of("/usr/sbin"), Path.of("/bin"), Path.of("/sbin"));

    private Shell() {}

    /** Runs a program that must succeed, and returns its output. */
    public static String run(Object... command) throws IOException, InterruptedException {
        Process process = start(command);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", List.of(command), printed).isZero();
        return printed;
    }

    /** Runs a program and returns whether it exists and succeeded. */
    public static boolean succeeds(Object... command) throws InterruptedException {
        try {
            Process process = start(command);
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** Writes a script that every user may execute. The text begins with {@code #!}. */
    public static Path writeScript(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A word that a shell reads as it is. */
    public static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Skips the test if a program is missing. */
    public static void require(String... programs) {
        for (String program : programs) {
            assumeTrue(
                    PLACES.stream().anyMatch(place -> Files.isExecutable(place.resolve(program))),
                    "NOT RUN: no " + program);
        }
    }

    /** Skips the test unless it runs as root. */
    public static void requireRoot() throws IOException {
        assumeTrue(isRoot(), "NOT RUN: not root");
    }

    /** Whether the tests run as root. */
    public static boolean isRoot() {
        return UnixUser.effective().equals(Optional.of(UnixUser.ROOT));
    }

    private static Process start(Object... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList());
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, system) -> path + ":" + system);
        return builder.redirectErrorStream(true).start();
    }
}
