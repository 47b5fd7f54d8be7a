package dev.freshpyc.cli.command;

import dev.freshpyc.core.path.RawPath;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Describes a mistake in a command line in one line. */
final class UsageError {

    /** Labels of texts that name a file. */
    private static final List<String> PATHS = List.of("PATH", "FILE", "DIR", "NAME|PATH", "PROFILE", "IMAGE", "OUT");

    /** The label of words that go to another program, which may be empty. */
    private static final String COMMAND = "COMMAND";

    private UsageError() {}

    static String line(ParameterException wrong) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        String help = "; '" + command.qualifiedName() + " --help' lists the " + listed(command);
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return RawPath.of(String.valueOf(wrong.getMessage())).shown() + help;
        }
        String word = unmatched.getUnmatched().getFirst();
        boolean option = unmatched.isUnknownOption();
        if (!option && command.parent() != null) {
            return "unexpected argument '" + shown(word) + "'" + help;
        }
        String name = option && word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        Collection<String> known =
                option ? command.optionsMap().keySet() : command.subcommands().keySet();
        return "no " + (option ? "option" : "command") + " '" + shown(name) + "'"
                + Spelling.nearest(name, known)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse(help);
    }

    /** The line about an empty text, as an unset variable of a script causes it. No argument of a command means anything by it. */
    static Optional<String> ofEmptyText(ParseResult parsed) {
        return parsed.matchedArgs().stream()
                .filter(argument ->
                        isText(argument) && argument.originalStringValues().contains(""))
                .findFirst()
                .map(argument -> "an empty " + subject(argument) + advice(argument));
    }

    private static boolean isText(ArgSpec argument) {
        return !argument.paramLabel().equals(COMMAND)
                && Arrays.asList(argument.auxiliaryTypes()).contains(String.class);
    }

    private static String advice(ArgSpec argument) {
        if (PATHS.contains(argument.paramLabel())) {
            return "; give a path, '.' for the current directory";
        }
        return argument instanceof OptionSpec option
                ? "; give a value, or leave " + option.longestName() + " out"
                : "; give a value";
    }

    private static String subject(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? argument.paramLabel() + " for " + option.longestName()
                : argument.paramLabel();
    }

    private static String listed(CommandSpec command) {
        return command.subcommands().isEmpty() ? "options" : "commands";
    }

    private static String shown(String word) {
        return RawPath.of(word).shown();
    }
}
