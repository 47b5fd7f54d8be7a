package dev.freshpyc.cli.option;

import dev.freshpyc.core.file.FileUser;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code --user}: for whom the bytecode must be readable. */
public final class UserArgument {

    private static final String NAME = "--user";
    private static final String ANY_OTHER = "other";

    private UserArgument() {}

    public static OptionSpec option() {
        return Options.value(
                NAME,
                "NAME",
                String.class,
                "Also find bytecode that this user cannot read, so that it is compiled again at each of the user's starts."
                        + " 'other' is any user other than the owner and the owner's group.");
    }

    /** The user that was named, as the system of the root directory knows the name. */
    public static Optional<FileUser> of(ParseResult parsed, Optional<RawPath> root) {
        @Nullable String name = parsed.matchedOptionValue(NAME, (String) null);
        return Optional.ofNullable(name).map(known -> known.equals(ANY_OTHER) ? FileUser.OTHER : find(known, root));
    }

    private static FileUser find(String name, Optional<RawPath> root) {
        for (String[] fields : rows(root, "/etc/passwd")) {
            if (fields.length > 3 && (fields[0].equals(name) || fields[2].equals(name))) {
                Set<Integer> groups = new HashSet<>(Set.of(Integer.parseInt(fields[3])));
                for (String[] group : rows(root, "/etc/group")) {
                    if (group.length > 3 && List.of(group[3].split(",", -1)).contains(fields[0])) {
                        groups.add(Integer.parseInt(group[2]));
                    }
                }
                return new FileUser(Integer.parseInt(fields[2]), groups);
            }
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                NAME + " " + RawPath.of(name).shown()
                        + ": /etc/passwd has no such user; give a name or a number from there, or '" + ANY_OTHER + "'");
    }

    private static List<String[]> rows(Optional<RawPath> root, String file) {
        RawPath path = RootArgument.resolve(root, RawPath.of(file));
        try {
            return Files.readAllLines(JavaPath.of(path), StandardCharsets.ISO_8859_1).stream()
                    .map(line -> line.split(":", -1))
                    .filter(fields -> Arrays.stream(fields).skip(2).limit(1).allMatch(UserArgument::isNumber))
                    .toList();
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    path.shown() + ": " + CauseText.of(unreadable) + "; '" + NAME + " " + ANY_OTHER
                            + "' needs no such file");
        }
    }

    private static boolean isNumber(String field) {
        return field.matches("[0-9]{1,9}");
    }
}
