package dev.freshpyc.cli.option;

import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.scan.ScanOptions.Expected;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options {@code --expect} and {@code --exclude}, which select the files of a scan. */
public final class SelectionArguments {

    private static final String EXPECT = "--expect";
    private static final String EXCLUDE = "--exclude";

    private SelectionArguments() {}

    /** The option {@code --expect}; its description tells what the command does with missing pycs. */
    public static OptionSpec expected(String description) {
        return Options.values(EXPECT, "TAG[:LEVEL]", Expected.class, description);
    }

    public static OptionSpec excluded() {
        return Options.repeated(
                EXCLUDE,
                "GLOB",
                "Skip files and directories whose name matches GLOB; a GLOB with a slash is matched against the path below the entry. May be repeated.");
    }

    /** The values of {@code --expect}, in one word. */
    public static Optional<String> words(ParseResult parsed) {
        return parsed.hasMatchedOption(EXPECT)
                ? Optional.of(String.join(",", parsed.matchedOption(EXPECT).originalStringValues()))
                : Optional.empty();
    }

    /** The scan, limited to the selection. */
    public static ScanOptions of(ParseResult parsed, ScanOptions scan) {
        return scan.selecting(
                parsed.matchedOptionValue(EXPECT, List.of()),
                Exclusions.of(parsed.matchedOptionValue(EXCLUDE, List.of())));
    }
}
