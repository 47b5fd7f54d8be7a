package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small file that an option names.
 *
 * @param option the name of the option
 * @param name the file as the user has named it
 */
public record OptionFile(String option, String name) {

    private static final int MAX_BYTES = 1024 * 1024;

    /**
     * The content of the file.
     *
     * @throws CommandFailure when the file cannot be read or is larger than 1 MiB
     */
    public byte[] read() {
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length <= MAX_BYTES) {
                return bytes;
            }
            throw unusable("it is larger than " + MAX_BYTES + " bytes");
        } catch (IOException unreadable) {
            throw unusable("it cannot be read");
        }
    }

    /** The failure of a command that cannot use the file. */
    public CommandFailure unusable(String why) {
        return new CommandFailure(
                ExitCode.USAGE, option + " " + RawPath.of(name).shown() + ": " + why);
    }
}
