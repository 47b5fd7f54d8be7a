package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CauseText;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.refresh.ChangedPaths;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The list of {@code --changed-from}, with the entries that have its paths.
 *
 * @param entries the entries of the target where the user named one, otherwise all entries that have an index
 */
record ChangeList(ChangedPaths paths, List<PathEntry> entries) {

    private static final String NAME = "--changed-from";

    static void declare(CommandSpec spec) {
        spec.addOption(Options.value(
                        NAME,
                        "FILE",
                        String.class,
                        "Look only at the paths that FILE lists, one per line; - is standard input."))
                .addOption(Options.flag("-0", "The paths of --changed-from are separated by NUL instead of newlines."));
    }

    /** Whether the command line names a list. */
    static boolean isIn(ParseResult parsed) {
        return parsed.hasMatchedOption(NAME);
    }

    /** Reads the list, if there is one, and prints how many of its paths are outside every entry. */
    static Optional<ChangeList> of(
            ParseResult parsed, IndexStore store, Optional<ScanTarget> target, ScanOptions scan, PrintStream err) {
        @Nullable String list = parsed.matchedOptionValue(NAME, (String) null);
        if (list == null) {
            return Optional.empty();
        }
        Optional<RawPath> root = RootArgument.of(parsed);
        List<PathEntry> entries = target.map(ScanTarget::entries).orElseGet(() -> known(store, scan, root));
        List<RawPath> paths = inRoot(root, read(list, parsed.hasMatchedOption("-0") ? 0 : '\n'));
        ChangedPaths changed = ChangedPaths.of(paths, entries, scan.pycachePrefix());
        if (changed.outside() > 0 && !parsed.hasMatchedOption("-q")) {
            boolean one = changed.outside() == 1;
            err.println("freshpyc: " + changed.outside() + " of the changed paths " + (one ? "lies" : "lie")
                    + " outside every entry" + (target.isEmpty() ? " that has an index" : "") + " and "
                    + (one ? "was" : "were") + " not looked at");
        }
        return Optional.of(new ChangeList(changed, entries));
    }

    /** All entries that have an index. Without PATH, a list of changes is about them. */
    private static List<PathEntry> known(IndexStore store, ScanOptions scan, Optional<RawPath> root) {
        return GivenPath.ofPath(StoreReads.list(store).stream()
                .map(IndexInfo::entry)
                .flatMap(key -> scan.indexed(key).stream())
                .filter(entry -> root.isEmpty() || entry.relativeTo(root.get()).isPresent())
                .toList());
    }

    /** The paths, in this system, of files in another root. Only their directories are resolved, since a file may be gone. */
    private static List<RawPath> inRoot(Optional<RawPath> root, List<RawPath> paths) {
        if (root.isEmpty()) {
            return paths;
        }
        Map<RawPath, RawPath> directories = new HashMap<>();
        return paths.stream()
                .map(path -> directories
                        .computeIfAbsent(path.parent(), parent -> RootArgument.resolve(root, parent))
                        .resolve(path.name()))
                .toList();
    }

    private static List<RawPath> read(String list, int separator) {
        try (InputStream in = list.equals("-") ? System.in : Files.newInputStream(JavaPath.of(list))) {
            return ChangedPaths.read(new BufferedInputStream(in), separator);
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    NAME + " " + RawPath.of(list).shown() + ": " + CauseText.of(unreadable)
                            + "; give a file that lists one path per line, or - for standard input");
        }
    }
}
