package dev.freshpyc.cli.option;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code --keep}: the limit of the room of journals, with the files that they keep for an undo. */
public final class KeepArgument {

    private static final String NAME = "--keep";

    /** The limit where the user names none, in bytes. */
    public static final long DEFAULT = 1L << 30;

    private KeepArgument() {}

    public static OptionSpec option() {
        return Options.value(
                NAME,
                "BYTES",
                Long.class,
                "Size limit of all journals together; the oldest are deleted first. Default: 1 GiB.");
    }

    /** The limit in bytes. */
    public static long of(ParseResult parsed) {
        return parsed.matchedOptionValue(NAME, DEFAULT);
    }
}
