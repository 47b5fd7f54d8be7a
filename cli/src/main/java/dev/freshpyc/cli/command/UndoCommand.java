package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.render.Format;
import dev.freshpyc.cli.render.OutcomeLines;
import dev.freshpyc.cli.render.RepairReport;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.journal.Undo;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc undo}: puts back what a repair changed. */
final class UndoCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("undo");
        spec.usageMessage().description("Undoes the last repair: restores the bytes and times that it changed.");
        IndexArguments.declare(spec);
        return spec.addOption(Options.value(
                        "--journal",
                        "FILE",
                        String.class,
                        "Undo the repair of this journal instead of the last repair."))
                .addOption(Options.flag("--discard", "Delete all journals and the files that they keep; undo nothing."))
                .addOption(Options.outcomeFormat())
                .addOption(Options.flag("-q", "Print no summary."));
    }

    @Override
    public int run(ParseResult parsed, Streams streams) {
        if (parsed.hasMatchedOption("--discard")) {
            discard(parsed);
            return ExitCode.OK;
        }
        HostFiles.requireWriting("undo");
        Format format = parsed.matchedOptionValue("--format", Format.TEXT);
        RepairSummary summary;
        try (OutcomeLines outcomes = new OutcomeLines(streams.out())) {
            List<Outcome> undone = new ArrayList<>(); // as many as the entries of the journal, which are in memory too
            summary = undo(parsed, format == Format.JSONL ? undone::add : _ -> {});
            undone.sort(Outcome.BY_PATH);
            undone.forEach(outcomes);
        }
        if (!parsed.hasMatchedOption("-q")) {
            RepairReport.print(summary, false, format, streams.out());
        }
        return summary.unrepaired().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private static void discard(ParseResult parsed) {
        try {
            for (Path journal : IndexArguments.journals(parsed).all()) {
                JournalDirectory.discard(journal);
            }
        } catch (IOException refused) {
            throw new CommandFailure(ExitCode.INCOMPLETE, String.valueOf(refused.getMessage()));
        }
    }

    private static RepairSummary undo(ParseResult parsed, Consumer<Outcome> outcomes) {
        try {
            return Undo.of(journal(parsed), outcomes);
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "nothing was undone: "
                            + RawPath.of(String.valueOf(unreadable.getMessage()))
                                    .shown());
        }
    }

    private static Path journal(ParseResult parsed) throws IOException {
        @Nullable String named = parsed.matchedOptionValue("--journal", (String) null);
        if (named != null) {
            return existing(Path.of(named));
        }
        return IndexArguments.journals(parsed)
                .last()
                .orElseThrow(() -> new CommandFailure(ExitCode.USAGE, "there is no journal of a repair to undo"));
    }

    private static Path existing(Path journal) throws IOException {
        if (!Files.isRegularFile(journal, LinkOption.NOFOLLOW_LINKS)) {
            boolean there = Files.exists(journal, LinkOption.NOFOLLOW_LINKS);
            throw new IOException(
                    journal + (there ? " is not a regular file, so it is not a journal" : ": no such journal"));
        }
        return journal;
    }
}
