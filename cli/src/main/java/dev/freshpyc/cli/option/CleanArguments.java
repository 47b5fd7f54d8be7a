package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.CleanSelection;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.clean.CleanOptions;
import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.scan.ScanOptions.Expected;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that select the files that {@code clean} removes. */
public final class CleanArguments {

    private static final String ORPHANS = "--orphans";
    private static final String FOREIGN = "--foreign";
    private static final String TOOLS = "--other-tools";
    private static final String LEVELS = "--levels";
    private static final String EXPECT = "--expect";
    private static final String EXCLUDE = "--exclude";

    private CleanArguments() {}

    public static void declare(CommandSpec spec) {
        spec.addOption(Options.flag(ORPHANS, "Remove files in a __pycache__ whose source is gone."))
                .addOption(
                        Options.flag(
                                FOREIGN,
                                "Remove files of interpreters that are not there: not on PATH, in pyenv or in the active virtual environment, not given with --python, and not named by a directory above the file such as lib/python3.9."))
                .addOption(
                        Options.values(
                                EXPECT,
                                "TAG",
                                Expected.class,
                                "The tags of all interpreters that read these files: with --foreign, files of every other tag are removed, and no interpreter is looked for."))
                .addOption(Options.values(
                        LEVELS,
                        "LEVEL",
                        OptimizationLevel.class,
                        "Remove files of these optimization levels: 1 (python -O) or 2 (python -OO)."))
                .addOption(Options.flag(TOOLS, "Remove files that tools such as pytest wrote for themselves."))
                .addOption(ProfileArgument.option(
                        "Remove files of all modules but those that PROFILE lists, one dotted name per line; - is standard input."
                                + " The name of a package means its __init__ alone. Files whose source is gone stay."))
                .addOption(
                        Options.repeated(
                                EXCLUDE,
                                "GLOB",
                                "Leave files and directories whose name matches GLOB; a GLOB with a slash is matched against the path below the entry. May be repeated."));
    }

    /** The scan, without the excluded files and directories. */
    public static ScanOptions scan(ParseResult parsed, ScanOptions scan) {
        return scan.selecting(List.of(), Exclusions.of(parsed.matchedOptionValue(EXCLUDE, List.of())));
    }

    /**
     * The options for removing files: without any selecting option, orphans and foreign files are removed. In another root, the interpreters
     * are not those of this system, so files are foreign there only where the user names the tags.
     */
    public static CleanOptions options(ParseResult parsed) {
        Optional<RawPath> root = RootArgument.of(parsed);
        Set<String> expected = expected(parsed);
        boolean unknown = root.isPresent() && expected.isEmpty();
        if (unknown && parsed.hasMatchedOption(FOREIGN)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--foreign with --root needs --expect TAG,...: the interpreters below --root are not started");
        }
        boolean all = !parsed.hasMatchedOption(ORPHANS)
                && !parsed.hasMatchedOption(FOREIGN)
                && !parsed.hasMatchedOption(TOOLS)
                && !parsed.hasMatchedOption(LEVELS)
                && !ProfileArgument.isIn(parsed);
        List<OptimizationLevel> levels = parsed.matchedOptionValue(LEVELS, List.of());
        CleanSelection selection = new CleanSelection(
                all || parsed.hasMatchedOption(ORPHANS),
                (all && !unknown) || parsed.hasMatchedOption(FOREIGN),
                parsed.hasMatchedOption(TOOLS),
                Set.copyOf(levels));
        return new CleanOptions(
                selection,
                expected,
                root,
                KeepArgument.of(parsed),
                RecordArguments.of(parsed),
                ProfileArgument.of(parsed));
    }

    private static Set<String> expected(ParseResult parsed) {
        List<Expected> expected = parsed.matchedOptionValue(EXPECT, List.of());
        if (expected.stream().anyMatch(one -> !one.level().equals(OptimizationLevel.NONE))) {
            throw new CommandFailure(ExitCode.USAGE, "--expect of clean takes tags without a level; see --levels");
        }
        return expected.stream().map(one -> one.tag().name()).collect(Collectors.toUnmodifiableSet());
    }
}
