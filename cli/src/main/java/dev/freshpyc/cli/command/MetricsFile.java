package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CauseText;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code --metrics-file}. */
final class MetricsFile {

    private static final String NAME = "--metrics-file";

    /** Writes the meters of one command. */
    @FunctionalInterface
    interface Writer {
        void write(Path file) throws IOException;
    }

    private MetricsFile() {}

    static OptionSpec option() {
        return Options.value(
                NAME,
                "FILE",
                String.class,
                "Write metrics to FILE in the Prometheus text format; FILE is replaced by a rename.");
    }

    /** Writes the meters if the option is given. */
    static void write(ParseResult parsed, Writer writer) {
        @Nullable String file = parsed.matchedOptionValue(NAME, (String) null);
        if (file != null) {
            try {
                writer.write(JavaPath.of(file));
            } catch (IOException refused) {
                throw new CommandFailure(
                        ExitCode.INCOMPLETE,
                        NAME + " " + RawPath.of(file).shown() + ": " + CauseText.of(refused)
                                + "; choose a file in a directory that you may write to");
            }
        }
    }
}
