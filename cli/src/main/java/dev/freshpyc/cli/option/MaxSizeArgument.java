package dev.freshpyc.cli.option;

import dev.freshpyc.indexer.snapshot.RoomLimit;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code --max-size}: how much room snapshots may take. */
public final class MaxSizeArgument {

    public static final String NAME = "--max-size";

    private MaxSizeArgument() {}

    /**
     * The option.
     *
     * @param more what the command does about it
     */
    public static OptionSpec option(String more) {
        return Options.value(
                NAME, "BYTES", Long.class, "Size limit of all snapshots together. Default: 2 GiB. " + more);
    }

    public static RoomLimit of(ParseResult parsed) {
        long bytes = parsed.matchedOptionValue(NAME, RoomLimit.DEFAULT.bytes());
        if (bytes < 0) {
            throw new CommandFailure(ExitCode.USAGE, NAME + " needs a number that is not negative");
        }
        return new RoomLimit(bytes);
    }
}
