package dev.freshpyc.cli.document;

import dev.freshpyc.cli.option.ExitCode;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference of all commands and their options, in Markdown. */
final class ReferencePage {

    private final StringBuilder page = new StringBuilder("# Reference\n\n" + ExitCode.HELP + "\n");

    private ReferencePage() {}

    static String of(CommandSpec root) {
        ReferencePage reference = new ReferencePage();
        CommandText.commands(root).forEach(reference::command);
        return reference.page.toString();
    }

    private void command(CommandSpec spec) {
        page.append("\n## freshpyc ").append(spec.name()).append("\n\n");
        page.append(escaped(CommandText.description(spec))).append("\n\n| argument | meaning |\n| --- | --- |\n");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            row(code(parameter.paramLabel()), CommandText.description(parameter));
        }
        for (OptionSpec option : spec.options()) {
            String value = CommandText.takesValue(option) ? " " + code(option.paramLabel()) : "";
            String names =
                    Arrays.stream(option.names()).map(ReferencePage::code).collect(Collectors.joining(", "));
            row(names + value, CommandText.description(option));
        }
    }

    private void row(String argument, String meaning) {
        page.append("| ")
                .append(argument)
                .append(" | ")
                .append(escaped(meaning))
                .append(" |\n");
    }

    private static String code(String word) {
        return "`" + word.replace("|", "\\|") + "`";
    }

    /** Escapes characters that have a meaning in Markdown. */
    private static String escaped(String words) {
        return words.replaceAll("([\\\\|*_<`])", "\\\\$1");
    }
}
