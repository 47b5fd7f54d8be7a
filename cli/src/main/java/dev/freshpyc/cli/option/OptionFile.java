package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Optional;

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
        return read(MAX_BYTES);
    }

    /**
     * The content of the file.
     *
     * @throws CommandFailure when the file cannot be read or is larger than {@code most} bytes
     */
    public byte[] read(int most) {
        try (InputStream in = Files.newInputStream(JavaPath.of(name))) {
            return readAll(in, most).orElseThrow(() -> unusable("it is larger than " + most + " bytes"));
        } catch (IOException unreadable) {
            throw unusable("it cannot be read: " + CauseText.of(unreadable));
        } catch (InvalidPathException unreadable) {
            throw unusable("it cannot be read: no file has such a name");
        }
    }

    /** Reads a stream to its end; empty where it has more than {@code most} bytes. */
    static Optional<byte[]> readAll(InputStream in, int most) throws IOException {
        byte[] bytes = in.readNBytes(most + 1);
        return bytes.length > most ? Optional.empty() : Optional.of(bytes);
    }

    /** The failure of a command that cannot use the file. */
    public CommandFailure unusable(String why) {
        return new CommandFailure(
                ExitCode.USAGE, option + " " + RawPath.of(name).shown() + ": " + why);
    }
}
