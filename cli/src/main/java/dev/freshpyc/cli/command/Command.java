package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.Streams;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the program. */
interface Command {

    /** The name, options and parameters. */
    CommandSpec spec();

    /**
     * Starts slow preparations in threads of their own, before the options are parsed. Does nothing by default.
     *
     * @param args the arguments after the command's name
     */
    default void prepare(List<String> args) {}

    /**
     * The words of the command line after the command's name, with words that a file adds.
     *
     * @throws CommandFailure when the file cannot be used
     */
    default List<String> expand(List<String> args) {
        return args;
    }

    /**
     * Runs the command.
     *
     * @return an {@link ExitCode}
     * @throws CommandFailure to end with one line on standard error
     */
    int run(ParseResult parsed, Streams streams) throws InterruptedException;
}
