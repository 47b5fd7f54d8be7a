package dev.freshpyc.cli.command;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code -j}. */
final class Workers {

    private static final String NAME = "-j";
    private static final int MAX = 256;

    private Workers() {}

    static OptionSpec option() {
        return Options.value(NAME, "N", Integer.class, "Threads. Default: one for each processor.");
    }

    static int of(ParseResult parsed) {
        int workers = parsed.matchedOptionValue(NAME, Runtime.getRuntime().availableProcessors());
        if (workers < 1 || workers > MAX) {
            throw new CommandFailure(ExitCode.USAGE, NAME + " " + workers + ": give 1 to " + MAX + " threads");
        }
        return workers;
    }
}
