package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.text.ShellWord;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.journal.RecordedRun;
import dev.freshpyc.indexer.repair.journal.Undo;
import dev.freshpyc.indexer.repair.journal.UndonePyc;
import dev.freshpyc.indexer.repair.outcome.UndoSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * The run that an undo reverses, and the paths that limit it. An undo that names neither a journal nor a path reverses the last run,
 * unless the user may mean another run: the last run must have changed something, and must have covered the current directory, a
 * directory below or a directory above.
 *
 * @param below only changes at or below these paths are reversed; empty for all changes
 */
record UndoTarget(JournalDirectory journals, RecordedRun run, List<RawPath> below) {

    static UndoTarget of(ParseResult parsed) throws IOException {
        JournalDirectory journals = IndexArguments.journals(parsed);
        List<String> paths = parsed.matchedPositionalValue(0, List.of());
        Optional<RawPath> root = RootArgument.of(parsed);
        List<RawPath> below = paths.isEmpty()
                ? root.stream().toList()
                : paths.stream()
                        .map(path -> CanonicalPath.of(RootArgument.resolve(root, RawPath.of(path))))
                        .toList();
        @Nullable String named = parsed.matchedOptionValue("--journal", (String) null);
        RecordedRun run = named != null
                ? RecordedRun.read(existing(JavaPath.of(named)))
                : below.isEmpty() ? last(journals) : lastBelow(journals, below);
        return new UndoTarget(journals, run, below);
    }

    /** A line that names the trees which the undo is about to change. */
    String announcement() {
        return "undoing the " + run.kind() + " of " + shown(below.isEmpty() ? run.trees() : below) + " (journal "
                + shown(run.journal()) + ")";
    }

    UndoSummary undo(Consumer<Outcome> outcomes, Consumer<UndonePyc> undone) {
        return Undo.of(run, below, journals, outcomes, undone);
    }

    private static RecordedRun last(JournalDirectory journals) throws IOException {
        Path journal = journals.last()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "no journal in " + shown(journals.path())
                                + ": there is nothing to undo; --index DIR names another directory"));
        RecordedRun run = RecordedRun.read(journal);
        String command = ": freshpyc undo --journal " + ShellWord.ofPath(JavaPath.toRaw(journal));
        if (journals.isUnchangedSince(journal)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the last run changed nothing. To undo the " + run.kind() + " before it, which changed "
                            + shown(run.trees()) + command);
        }
        if (!run.concerns(CanonicalPath.of(RawPath.of(".")))) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the last " + run.kind() + " changed " + shown(run.trees())
                            + ", not the current directory. To undo it" + command);
        }
        return run;
    }

    private static RecordedRun lastBelow(JournalDirectory journals, List<RawPath> below) throws IOException {
        return journals.lastBelow(below)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "no journal in " + shown(journals.path()) + " lists a change at or below " + shown(below)
                                + "; without PATH, 'freshpyc undo' undoes the last run"));
    }

    private static Path existing(Path journal) throws IOException {
        if (!Files.isRegularFile(journal, LinkOption.NOFOLLOW_LINKS)) {
            boolean there = Files.exists(journal, LinkOption.NOFOLLOW_LINKS);
            throw new IOException(shown(journal)
                    + (there
                            ? " is not a regular file, so it is not a journal"
                            : ": no such journal; without --journal, 'freshpyc undo' undoes the last run"));
        }
        return journal;
    }

    private static String shown(List<RawPath> paths) {
        return paths.stream().map(RawPath::shown).collect(Collectors.joining(", "));
    }

    private static String shown(Path path) {
        return JavaPath.toRaw(path).shown();
    }
}
