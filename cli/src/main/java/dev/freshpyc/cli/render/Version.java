package dev.freshpyc.cli.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version that the build wrote into the program. */
public final class Version {

    private Version() {}

    /** The number, such as {@code 0.1.0}. */
    public static String number() {
        try (InputStream in = Version.class.getResourceAsStream("/dev/freshpyc/cli/version.txt")) {
            return new String(
                            Objects.requireNonNull(in, "no version in the program")
                                    .readAllBytes(),
                            StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
