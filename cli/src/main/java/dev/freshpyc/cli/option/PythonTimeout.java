package dev.freshpyc.cli.option;

import dev.freshpyc.indexer.environment.InterpreterProbe;
import java.time.Duration;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code --python-timeout}: the longest wait for an interpreter to report its version and its {@code sys.path}. */
public final class PythonTimeout {

    public static final String NAME = "--python-timeout";

    private static final int MAX = 24 * 60 * 60;

    private PythonTimeout() {}

    public static OptionSpec option() {
        return option("How long an interpreter may take to answer. An interpreter that takes longer is not used.");
    }

    static OptionSpec option(String description) {
        return Options.value(
                NAME,
                "SECONDS",
                Integer.class,
                description + " Default: " + InterpreterProbe.DEFAULT_LIMIT.toSeconds() + ".");
    }

    public static Duration of(ParseResult parsed) {
        int seconds = parsed.matchedOptionValue(NAME, (int) InterpreterProbe.DEFAULT_LIMIT.toSeconds());
        if (seconds < 1 || seconds > MAX) {
            throw new CommandFailure(ExitCode.USAGE, NAME + " " + seconds + ": give 1 to " + MAX + " seconds");
        }
        return Duration.ofSeconds(seconds);
    }
}
