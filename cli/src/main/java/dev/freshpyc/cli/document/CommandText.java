package dev.freshpyc.cli.document;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The words of a command's declaration that every generated document needs. */
final class CommandText {

    private static final String SENTENCE_END = ". ";

    private CommandText() {}

    static String description(CommandSpec spec) {
        return plain(spec.usageMessage().description());
    }

    static String description(ArgSpec argument) {
        return plain(argument.description());
    }

    /** The first sentence without its full stop. */
    static String summary(String description) {
        int end = description.indexOf(SENTENCE_END);
        String first = end < 0 ? description : description.substring(0, end);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    /** Picocli formats descriptions, so a percent sign is doubled in them. */
    static String plain(String[] lines) {
        return String.join(" ", lines).replace("%%", "%");
    }

    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** The values that a shell offers; empty where any value may be right. */
    static List<String> values(ArgSpec argument) {
        @Nullable Iterable<String> offered = argument.completionCandidates();
        return offered == null
                ? List.of()
                : StreamSupport.stream(offered.spliterator(), false).toList();
    }

    static Stream<CommandSpec> commands(CommandSpec root) {
        return root.subcommands().values().stream().map(line -> line.getCommandSpec());
    }
}
