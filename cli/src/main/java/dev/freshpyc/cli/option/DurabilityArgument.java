package dev.freshpyc.cli.option;

import dev.freshpyc.core.store.file.Forcing;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code --durability}: when a command waits until freshpyc's own writes are on the disk. */
public final class DurabilityArgument {

    private static final String NAME = "--durability";

    private DurabilityArgument() {}

    public static OptionSpec option() {
        return Options.value(
                NAME,
                "WHEN",
                Durability.class,
                "When written files are forced to disk: none, batch or each. Default: batch."
                        + " With none, a loss of power may cost what was written, the index included: for build roots that are thrown away.");
    }

    public static Durability of(ParseResult parsed) {
        return parsed.matchedOptionValue(NAME, Durability.BATCH);
    }

    /** Whether index files are forced, also for commands without the option. */
    static Forcing forcing(ParseResult parsed) {
        return of(parsed) == Durability.NONE ? Forcing.NEVER : Forcing.ALWAYS;
    }
}
