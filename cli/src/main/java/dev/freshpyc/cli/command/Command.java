package dev.freshpyc.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the program. */
interface Command {

    /** Its name, options and parameters. */
    CommandSpec spec();

    /** Begins, on a thread of its own, what takes long and is needed whatever the options say; nothing by default. */
    default void prepare() {}

    /**
     * Does what was asked.
     *
     * @return an {@link ExitCode}
     * @throws CommandFailure to end with one line on standard error
     */
    int run(ParseResult parsed, Streams streams) throws InterruptedException;
}
