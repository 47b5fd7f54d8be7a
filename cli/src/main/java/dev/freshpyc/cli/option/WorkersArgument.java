package dev.freshpyc.cli.option;

import dev.freshpyc.indexer.host.Descriptors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code -j}. */
public final class WorkersArgument {

    private static final String NAME = "-j";
    private static final int MAX = 256;

    private WorkersArgument() {}

    public static OptionSpec option() {
        return Options.value(
                NAME,
                "N",
                Integer.class,
                "Threads. Default: one for each processor; fewer where few files may be open at once.");
    }

    public static int of(ParseResult parsed) {
        int workers = parsed.matchedOptionValue(NAME, Runtime.getRuntime().availableProcessors());
        if (workers < 1 || workers > MAX) {
            throw new CommandFailure(ExitCode.USAGE, NAME + " " + workers + ": give 1 to " + MAX + " threads");
        }
        return Descriptors.threads(workers);
    }
}
