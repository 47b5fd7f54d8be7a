package dev.freshpyc.cli.option;

import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.text.ShellWord;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.image.archive.ArchiveLimits;
import dev.freshpyc.indexer.image.archive.Image;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code --image}: a container image whose files take the place of those of this system. */
public final class ImageArgument {

    private static final String NAME = "--image";
    private static final String OUTPUT = "--output";
    private static final String STANDARD_INPUT = "-";

    /** The name of an archive, compressed or not. A repair writes an uncompressed archive. */
    private static final Pattern NAME_AND_SUFFIX =
            Pattern.compile("(.*)\\.(?:tar|tgz|tar\\.[a-z0-9]+)", Pattern.DOTALL);

    /** Options that name files or programs of this system. */
    private static final List<String> OF_THIS_SYSTEM =
            List.of("--root", "--python", "--venv", "--all-pythons", "--pycache-prefix", "--after", "--user");

    private ImageArgument() {}

    /** The option {@code --image}; its description tells what the command does with the image. */
    public static OptionSpec option(String description) {
        return Options.value(NAME, "IMAGE", String.class, description);
    }

    public static boolean isIn(ParseResult parsed) {
        return parsed.hasMatchedOption(NAME);
    }

    /** The option {@code --output}. */
    public static OptionSpec outputOption() {
        return Options.value(
                OUTPUT,
                "OUT",
                String.class,
                "With --image: the image to write. A name that ends with .tar becomes an archive, which docker load reads, too; any"
                        + " other name becomes the directory of an OCI image layout.");
    }

    /** Refuses {@code --output} where there is no image. */
    public static void refuseOutput(ParseResult parsed) {
        if (parsed.hasMatchedOption(OUTPUT)) {
            throw new CommandFailure(ExitCode.USAGE, "--output is the image that --image IN becomes: give --image");
        }
    }

    /** The image to write. No file may have its name. */
    public static RawPath output(ParseResult parsed) {
        @Nullable String given = parsed.matchedOptionValue(OUTPUT, (String) null);
        if (given == null) {
            throw new CommandFailure(ExitCode.USAGE, "--image needs --output OUT, the image to write, or --dry-run");
        }
        RawPath output = RawPath.of(given);
        if (CanonicalPath.exists(output)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--output " + output.shown() + ": exists already; give another name, or remove it");
        }
        return output;
    }

    /** The file or directory of the image, for a command that reads it twice and therefore refuses standard input. */
    public static RawPath file(ParseResult parsed) {
        return given(parsed)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE, "--image -: a repair reads the image twice: give a file or a directory"));
    }

    /** The file or directory that {@code --image} names; empty for standard input. */
    public static Optional<RawPath> given(ParseResult parsed) {
        return Optional.ofNullable(parsed.matchedOptionValue(NAME, (String) null))
                .filter(name -> !name.equals(STANDARD_INPUT))
                .map(RawPath::of);
    }

    /** The option as words of a command that names the same image, followed by a space; empty without the option. */
    static String words(ParseResult parsed) {
        return isIn(parsed) ? NAME + " " + given(parsed).map(ShellWord::ofPath).orElse("image.tar") + " " : "";
    }

    /** An unused name beside the image for a repaired image; the name of an archive if the image is an archive. */
    public static RawPath unusedOutput(ParseResult parsed) {
        RawPath named = given(parsed).orElse(RawPath.of("image.tar"));
        RawPath image = named.name().endsWith(".") ? CanonicalPath.of(named) : named; // the last name is . or ..
        Matcher name = NAME_AND_SUFFIX.matcher(image.toPython());
        String stem = name.matches() ? name.group(1) : image.toPython().replaceFirst("/+$", "");
        String suffix = name.matches() ? ".tar" : "";
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> RawPath.of(stem + "-repaired" + (number == 1 ? "" : "-" + number) + suffix))
                .filter(candidate -> !CanonicalPath.exists(candidate))
                .findFirst()
                .orElseThrow();
    }

    /** Reads the image; a failure ends the command. */
    public static Image read(ParseResult parsed) {
        for (String option : OF_THIS_SYSTEM) {
            if (parsed.commandSpec().findOption(option) != null && parsed.hasMatchedOption(option)) {
                throw new CommandFailure(
                        ExitCode.USAGE, option + " cannot be used with --image: " + option + " is about this system");
            }
        }
        @Nullable String given = parsed.matchedOptionValue(NAME, (String) null);
        String file = given == null ? STANDARD_INPUT : given;
        RawPath path = RawPath.of(file);
        String shown = file.equals(STANDARD_INPUT) ? "standard input" : path.shown();
        try {
            return file.equals(STANDARD_INPUT)
                    ? Image.read(System.in, ArchiveLimits.DEFAULT)
                    : Image.read(path, ArchiveLimits.DEFAULT);
        } catch (BadArchiveException bad) {
            throw failure(shown + " " + bad.getMessage());
        } catch (NoSuchFileException | InvalidPathException absent) {
            throw failure(shown + ": no such file or directory");
        } catch (IOException unreadable) {
            throw failure(shown + " cannot be read: " + CauseText.of(unreadable));
        }
    }

    private static CommandFailure failure(String line) {
        return new CommandFailure(ExitCode.INCOMPLETE, NAME + ": " + line);
    }
}
