package dev.freshpyc.cli.option;

import dev.freshpyc.cli.render.Palette;
import dev.freshpyc.indexer.host.Terminal;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code --color}: whether text has colours. */
public final class ColorArgument {

    private static final String NAME = "--color";
    private static final int STANDARD_OUTPUT = 1;

    private ColorArgument() {}

    /** The values of the option. */
    public enum When {
        /** On a terminal, unless the variable {@code NO_COLOR} is set and not empty, or {@code TERM} is {@code dumb}. */
        AUTO,
        ALWAYS,
        NEVER
    }

    public static OptionSpec option() {
        return Options.value(
                NAME,
                "WHEN",
                When.class,
                "auto, always or never. Default: auto, which is on a terminal, unless NO_COLOR is set.");
    }

    public static Palette of(ParseResult parsed) {
        boolean coloured = switch (parsed.matchedOptionValue(NAME, When.AUTO)) {
            case AUTO -> allows(System.getenv()) && Terminal.isTerminal(STANDARD_OUTPUT);
            case ALWAYS -> true;
            case NEVER -> false;
        };
        return coloured ? Palette.COLOURED : Palette.PLAIN;
    }

    private static boolean allows(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
