package dev.freshpyc.cli.command;

import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.Expected;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options {@code --expect} and {@code --exclude}: which files a scan is about. */
final class Selection {

    private static final String EXPECT = "--expect";
    private static final String EXCLUDE = "--exclude";

    private Selection() {}

    /** {@code --expect}; the description says what the command does with missing pycs. */
    static OptionSpec expected(String description) {
        return Options.values(EXPECT, "TAG[:LEVEL]", Expected.class, description);
    }

    static OptionSpec excluded() {
        return Options.repeated(
                EXCLUDE,
                "GLOB",
                "Skip files and directories whose name matches GLOB; a GLOB with a slash is matched against the path below the entry. May be repeated.");
    }

    /** The scan, limited to the selection. */
    static ScanOptions of(ParseResult parsed, ScanOptions scan) {
        return scan.selecting(
                parsed.matchedOptionValue(EXPECT, List.of()),
                Exclusions.of(parsed.matchedOptionValue(EXCLUDE, List.of())));
    }
}
