package dev.freshpyc.cli.option;

import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.image.archive.Image;
import dev.freshpyc.indexer.image.archive.Limits;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code --image}: a container image whose files take the place of those of this system. */
public final class ImageArgument {

    private static final String NAME = "--image";
    private static final String STANDARD_INPUT = "-";

    /** What names files or programs of this system. */
    private static final List<String> OF_THIS_SYSTEM =
            List.of("--root", "--python", "--venv", "--all-pythons", "--pycache-prefix", "--after", "--user");

    private ImageArgument() {}

    /** {@code --image}; the description says what the command does with the image. */
    public static OptionSpec option(String description) {
        return Options.value(NAME, "IMAGE", String.class, description);
    }

    public static boolean isIn(ParseResult parsed) {
        return parsed.hasMatchedOption(NAME);
    }

    /** Reads the image; what keeps it from being read ends the command. */
    public static Image read(ParseResult parsed) {
        for (String option : OF_THIS_SYSTEM) {
            if (parsed.commandSpec().findOption(option) != null && parsed.hasMatchedOption(option)) {
                throw new CommandFailure(ExitCode.USAGE, option + " is about this system, and --image about an image");
            }
        }
        @Nullable String given = parsed.matchedOptionValue(NAME, (String) null);
        String file = given == null ? STANDARD_INPUT : given;
        RawPath path = RawPath.of(file);
        String shown = file.equals(STANDARD_INPUT) ? "standard input" : path.shown();
        try {
            return file.equals(STANDARD_INPUT)
                    ? Image.read(System.in, Limits.DEFAULT)
                    : Image.read(path, Limits.DEFAULT);
        } catch (BadArchiveException bad) {
            throw failure(shown + " " + bad.getMessage());
        } catch (NoSuchFileException | InvalidPathException absent) {
            throw failure(shown + ": no such file or directory");
        } catch (IOException unreadable) {
            String reason = RawPath.of(String.valueOf(unreadable.getMessage())).shown();
            throw failure(shown + " cannot be read: " + reason);
        }
    }

    private static CommandFailure failure(String line) {
        return new CommandFailure(ExitCode.INCOMPLETE, NAME + ": " + line);
    }
}
