package dev.freshpyc.cli.document;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The completion script for fish: one {@code complete} line for each command, option and list of values. */
final class FishCompletion {

    private static final String PROGRAM = "freshpyc";

    private final StringBuilder script =
            new StringBuilder("# fish completion for freshpyc, generated from its options\n");

    private FishCompletion() {}

    static String of(CommandSpec root) {
        FishCompletion fish = new FishCompletion();
        root.options().forEach(option -> fish.option("__fish_use_subcommand", option));
        CommandText.commands(root).forEach(fish::command);
        return fish.script.toString();
    }

    private void command(CommandSpec spec) {
        complete(
                "__fish_use_subcommand",
                "-f -a " + spec.name() + described(CommandText.summary(CommandText.description(spec))));
        String here = "__fish_seen_subcommand_from " + spec.name();
        spec.options().forEach(option -> option(here, option));
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            List<String> values = CommandText.values(parameter);
            if (!values.isEmpty()) {
                complete(here, "-f -a " + quoted(String.join(" ", values)));
            }
        }
    }

    private void option(String condition, OptionSpec option) {
        String names = List.of(option.names()).stream()
                .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                .collect(Collectors.joining(" "));
        List<String> values = CommandText.values(option);
        String value = !CommandText.takesValue(option)
                ? ""
                : values.isEmpty() ? " -r" : " -x -a " + quoted(String.join(" ", values));
        complete(condition, names + value + described(CommandText.summary(CommandText.description(option))));
    }

    private void complete(String condition, String rest) {
        script.append("complete -c ")
                .append(PROGRAM)
                .append(" -n ")
                .append(quoted(condition))
                .append(' ')
                .append(rest)
                .append('\n');
    }

    private static String described(String words) {
        return " -d " + quoted(words);
    }

    /** Quotes words for fish. In single quotes, only the backslash and the quote itself have a special meaning. */
    private static String quoted(String words) {
        return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
