package dev.freshpyc.cli.option;

import dev.freshpyc.indexer.snapshot.RoomLimit;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code --max-size}: the limit of the room of snapshots. */
public final class MaxSizeArgument {

    public static final String NAME = "--max-size";

    private MaxSizeArgument() {}

    /**
     * The option.
     *
     * @param more describes what the command does near the limit
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
