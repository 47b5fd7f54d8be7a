package dev.freshpyc.cli.document;

import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.render.Version;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A manual page in the man(7) macros of roff, made from the declaration of a command. */
final class ManualPage {

    private static final String PROGRAM = "freshpyc";

    /** Columns of a line of the file; mandoc(1) advises against more than 80. */
    private static final int WIDTH = 78;

    private static final Pattern WORD_GAP = Pattern.compile(" +");

    private final StringBuilder page = new StringBuilder();

    private ManualPage() {}

    /**
     * The page of the program or of one of its commands.
     *
     * @param date the date in the footer, {@code YYYY-MM-DD}
     */
    static String of(CommandSpec spec, String date) {
        ManualPage manual = new ManualPage();
        manual.title(spec, date);
        manual.synopsis(spec);
        manual.section("DESCRIPTION", text(CommandText.description(spec)));
        if (!spec.subcommands().isEmpty()) {
            manual.commands(spec);
        }
        manual.arguments(spec);
        manual.section("EXIT STATUS", text(ExitCode.HELP.substring("Exit codes: ".length())));
        if (!spec.subcommands().isEmpty()) {
            manual.surroundings();
        }
        manual.related(spec);
        return manual.page.toString();
    }

    private void title(CommandSpec spec, String date) {
        line(".TH " + text(pageName(spec).toUpperCase(Locale.ROOT)) + " 1 " + date + " \"" + PROGRAM + " "
                + text(Version.number()) + "\" \"User Commands\"");
        section(
                "NAME",
                text(pageName(spec)) + " \\- "
                        + text(decapitalized(CommandText.summary(CommandText.description(spec)))));
    }

    private void synopsis(CommandSpec spec) {
        String words = bold(pageName(spec).replace('-', ' ')) + " [" + italic("OPTIONS") + "]";
        section("SYNOPSIS", spec.subcommands().isEmpty() ? words + positionals(spec) : words + " " + italic("COMMAND"));
    }

    private static String positionals(CommandSpec spec) {
        return spec.positionalParameters().stream()
                .map(parameter -> {
                    String word =
                            italic(parameter.paramLabel()) + (parameter.arity().max() > 1 ? "..." : "");
                    return " " + (parameter.arity().min() == 0 ? "[" + word + "]" : word);
                })
                .collect(Collectors.joining());
    }

    private void commands(CommandSpec root) {
        line(".SH COMMANDS");
        CommandText.commands(root)
                .forEach(command -> tagged(bold(pageName(command)) + "(1)", text(CommandText.description(command))));
    }

    private void arguments(CommandSpec spec) {
        if (!spec.positionalParameters().isEmpty()) {
            line(".SH ARGUMENTS");
            for (PositionalParamSpec parameter : spec.positionalParameters()) {
                tagged(italic(parameter.paramLabel()), text(CommandText.description(parameter)));
            }
        }
        line(".SH OPTIONS");
        for (OptionSpec option : spec.options()) {
            String names = option.names().length == 1
                    ? bold(option.longestName())
                    : bold(option.shortestName()) + ", " + bold(option.longestName());
            tagged(
                    CommandText.takesValue(option) ? names + " " + italic(option.paramLabel()) : names,
                    text(CommandText.description(option)));
        }
    }

    private void surroundings() {
        line(".SH ENVIRONMENT");
        tagged(
                bold("FRESHPYC_INDEX"),
                "The directory of the indexes, where " + bold("--index") + " does not name one.");
        tagged(
                bold("XDG_CACHE_HOME"),
                "Users other than root keep the indexes in its subdirectory " + italic("freshpyc") + ".");
        line(".SH FILES");
        tagged(italic("/var/cache/freshpyc"), "The indexes, proofs and journals of root.");
        tagged(italic("~/.cache/freshpyc"), "The indexes, proofs and journals of another user.");
    }

    private void related(CommandSpec spec) {
        String others = spec.subcommands().isEmpty()
                ? bold(PROGRAM) + "(1)"
                : CommandText.commands(spec)
                        .map(command -> bold(pageName(command)) + "(1)")
                        .collect(Collectors.joining(", "));
        section("SEE ALSO", others);
    }

    private void section(String title, String body) {
        line(".SH " + (title.contains(" ") ? "\"" + title + "\"" : title));
        paragraph(body);
    }

    private void tagged(String tag, String body) {
        line(".TP");
        line(tag);
        paragraph(body);
    }

    /**
     * Begins each sentence on a new line, since roff knows the end of a sentence by the end of its line, and breaks
     * long sentences.
     */
    private void paragraph(String body) {
        StringBuilder line = new StringBuilder();
        for (String word : WORD_GAP.splitAsStream(body).toList()) {
            boolean sentence = line.toString().endsWith(".") && !line.toString().endsWith("...");
            if (!line.isEmpty() && (sentence || line.length() + 1 + word.length() > WIDTH)) {
                line(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? protectedStart(word) : " " + word);
        }
        line(line.toString());
    }

    /** Protects the first word of a line: a line that begins with a dot or an apostrophe would be a request. */
    private static String protectedStart(String word) {
        return word.startsWith(".") || word.startsWith("'") ? "\\&" + word : word;
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    private static String pageName(CommandSpec spec) {
        return spec.name().equals(PROGRAM) ? PROGRAM : PROGRAM + "-" + spec.name();
    }

    private static String decapitalized(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    private static String bold(String words) {
        return "\\fB" + text(words) + "\\fR";
    }

    private static String italic(String words) {
        return "\\fI" + text(words) + "\\fR";
    }

    /** Escapes characters that roff reads as a command or prints as other characters. */
    private static String text(String words) {
        return words.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti")
                .replace("`", "\\(ga");
    }
}
