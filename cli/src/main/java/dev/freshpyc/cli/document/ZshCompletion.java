package dev.freshpyc.cli.document;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The completion function for zsh: the word after the program selects a call of {@code _arguments}. */
final class ZshCompletion {

    private final StringBuilder script = new StringBuilder();

    private ZshCompletion() {}

    static String of(CommandSpec root) {
        ZshCompletion zsh = new ZshCompletion();
        zsh.line("#compdef freshpyc");
        zsh.line("# zsh completion for freshpyc, generated from its options");
        zsh.line("local -a commands");
        zsh.line("commands=(");
        CommandText.commands(root)
                .forEach(command -> zsh.line(
                        "  " + quoted(command.name() + ":" + CommandText.summary(CommandText.description(command)))));
        zsh.line(")");
        zsh.line("if (( CURRENT == 2 )); then");
        zsh.line("  _describe command commands");
        zsh.line("  _arguments"
                + root.options().stream().map(ZshCompletion::option).collect(Collectors.joining()));
        zsh.line("  return");
        zsh.line("fi");
        zsh.line("local command=$words[2]");
        zsh.line("shift words");
        zsh.line("(( CURRENT-- ))");
        zsh.line("case $command in");
        CommandText.commands(root).forEach(zsh::command);
        zsh.line("esac");
        return zsh.script.toString();
    }

    private void command(CommandSpec spec) {
        line("  " + spec.name() + ")");
        line("    _arguments -s"
                + spec.options().stream().map(ZshCompletion::option).collect(Collectors.joining())
                + spec.positionalParameters().stream()
                        .map(ZshCompletion::positional)
                        .collect(Collectors.joining()));
        line("    ;;");
    }

    private static String option(OptionSpec option) {
        String about = "[" + escaped(CommandText.summary(CommandText.description(option))) + "]"
                + (CommandText.takesValue(option) ? ":" + option.paramLabel() + ":" + action(option) : "");
        return List.of(option.names()).stream()
                .map(name -> " \\\n      " + quoted("*" + name + about))
                .collect(Collectors.joining());
    }

    private static String positional(PositionalParamSpec parameter) {
        return " \\\n      " + quoted("*:" + escaped(parameter.paramLabel()) + ":" + action(parameter));
    }

    private static String action(ArgSpec argument) {
        List<String> values = CommandText.values(argument);
        return values.isEmpty() ? "_files" : "(" + String.join(" ", values) + ")";
    }

    private void line(String line) {
        script.append(line).append('\n');
    }

    /** Escapes brackets, by which a description ends, and colons, by which a part of a specification ends. */
    private static String escaped(String words) {
        return words.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    private static String quoted(String words) {
        return "'" + words.replace("'", "'\\''") + "'";
    }
}
