package dev.freshpyc.cli.command;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the program. */
interface Command {

    /** Its name, options and parameters. */
    CommandSpec spec();

    /**
     * Begins, on a thread of its own, what takes long and will be needed, before the options are understood; nothing by default.
     *
     * @param args what follows the command's name
     */
    default void prepare(List<String> args) {}

    /**
     * Does what was asked.
     *
     * @return an {@link ExitCode}
     * @throws CommandFailure to end with one line on standard error
     */
    int run(ParseResult parsed, Streams streams) throws InterruptedException;
}
