package dev.freshpyc.cli.command;

import picocli.CommandLine.ParseResult;

/** The option {@code -j}. */
final class Workers {

    private static final int MAX = 256;

    private Workers() {}

    static int of(ParseResult parsed) {
        int workers = parsed.matchedOptionValue("-j", Runtime.getRuntime().availableProcessors());
        if (workers < 1 || workers > MAX) {
            throw new CommandFailure(ExitCode.USAGE, "-j " + workers + ": give 1 to " + MAX + " threads");
        }
        return workers;
    }
}
