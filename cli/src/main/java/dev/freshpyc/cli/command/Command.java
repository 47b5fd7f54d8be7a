package dev.freshpyc.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the program. */
interface Command {

    /** Its name, options and parameters. */
    CommandSpec spec();

    /**
     * Does what was asked.
     *
     * @return an {@link ExitCode}
     * @throws CommandFailure to end with one line on standard error
     */
    int run(ParseResult parsed, Streams streams) throws InterruptedException;
}
