package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.ModuleProfile;
import dev.freshpyc.core.plan.ProfileLine;
import dev.freshpyc.core.text.PythonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The option {@code --only PROFILE}. A profile is a text in UTF-8 with a {@link ProfileLine} for each module; blank lines are
 * ignored.
 */
public final class ProfileArgument {

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final String NAME = "--only";
    private static final String STANDARD_INPUT = "-";

    /** The largest profile in bytes: some 300,000 modules with long names fit. */
    private static final int MAX_SIZE = 16 * 1024 * 1024;

    /** The longest line, in characters: as long as the longest path. */
    private static final int MAX_LINE = 4096;

    private static final Pattern LINE_END = Pattern.compile("\r\n|[\r\n]");

    private ProfileArgument() {}

    /** The option {@code --only}; its description tells what the command does with the modules. */
    public static OptionSpec option(String description) {
        return Options.value(NAME, "PROFILE", String.class, description);
    }

    static boolean isIn(ParseResult parsed) {
        return parsed.hasMatchedOption(NAME);
    }

    /** The profile, read from its file; empty where the user named none. */
    public static Optional<ModuleProfile> of(ParseResult parsed) {
        @Nullable String file = parsed.matchedOptionValue(NAME, (String) null);
        if (file == null) {
            return Optional.empty();
        }
        String shown = file.equals(STANDARD_INPUT)
                ? "standard input"
                : RawPath.of(file).shown();
        try {
            String text = PythonText.decode(read(file)).orElseThrow(() -> bad(shown, "is not UTF-8"));
            List<String> modules = modules(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text, shown);
            if (modules.isEmpty()) {
                throw bad(shown, "lists no module");
            }
            return Optional.of(ModuleProfile.of(modules));
        } catch (IOException unreadable) {
            throw bad(shown, "cannot be read: " + CauseText.of(unreadable));
        } catch (InvalidPathException unreadable) {
            throw bad(shown, "cannot be read: no file has such a name");
        }
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream in = file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(JavaPath.of(file))) {
            return OptionFile.readAll(in, MAX_SIZE)
                    .orElseThrow(() -> new IOException("it is larger than " + MAX_SIZE + " bytes"));
        }
    }

    private static List<String> modules(String text, String shown) {
        List<String> modules = new ArrayList<>();
        int number = 0;
        for (String line : LINE_END.split(text, -1)) {
            number++;
            if (line.length() > MAX_LINE) {
                throw bad(shown + ":" + number, "the line is longer than " + MAX_LINE + " characters");
            }
            Optional<String> module = ProfileLine.module(line);
            if (module.isEmpty()) {
                throw bad(
                        shown + ":" + number,
                        "'" + RawPath.of(line.strip()).shown() + "' is not the dotted name of a module");
            }
            module.filter(name -> !name.isEmpty()).ifPresent(modules::add);
        }
        return modules;
    }

    private static CommandFailure bad(String where, String complaint) {
        return new CommandFailure(ExitCode.USAGE, NAME + ": " + where + ": " + complaint);
    }
}
