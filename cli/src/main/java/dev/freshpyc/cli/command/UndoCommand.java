package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CauseText;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.render.Format;
import dev.freshpyc.cli.render.OutcomeLines;
import dev.freshpyc.cli.render.UndoReport;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.outcome.UndoSummary;
import dev.freshpyc.indexer.repair.record.UndoneRecords;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc undo}: restores the files that a repair or a clean changed. */
final class UndoCommand implements Command {

    private static final long NANOS_PER_MILLI = 1_000_000;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("undo");
        spec.usageMessage()
                .description(
                        "Undoes a repair or a clean: restores the bytes and times that it changed and the files that it removed. Without PATH and --journal, the last one is undone, if it changed the current directory's tree.");
        IndexArguments.declare(spec);
        return spec.addOption(
                        Options.value("--journal", "FILE", String.class, "Undo the repair or clean of this journal."))
                .addOption(Options.flag("--discard", "Delete all journals and the files that they keep; undo nothing."))
                .addOption(RootArgument.option())
                .addOption(Options.outcomeFormat())
                .addOption(Options.flag("-q", "Print no summary."))
                .addPositional(
                        Options.paths(
                                "PATH",
                                "Undo the last repair or clean that changed something at or below PATH, and only its changes there."));
    }

    @Override
    public int run(ParseResult parsed, Streams streams) {
        if (parsed.hasMatchedOption("--discard")) {
            discard(parsed);
            return ExitCode.OK;
        }
        HostFiles.requireWriting("undo");
        boolean quiet = parsed.hasMatchedOption("-q");
        Format format = parsed.matchedOptionValue("--format", Format.TEXT);
        UndoSummary summary;
        UndoTarget target;
        boolean indexed;
        try (OutcomeLines outcomes = new OutcomeLines(streams.out());
                UndoneRecords records = new UndoneRecords(IndexArguments.required(parsed, streams))) {
            target = UndoTarget.of(parsed);
            if (!quiet) {
                streams.err().println("freshpyc: " + target.announcement());
                streams.err().flush();
            }
            summary = target.undo(format == Format.JSONL ? outcomes : _ -> {}, records::add);
            indexed = restoreIndex(records, streams);
        } catch (IOException refused) {
            throw new CommandFailure(ExitCode.INCOMPLETE, "nothing was undone: " + CauseText.withFile(refused));
        }
        if (!quiet) {
            UndoReport.print(target.run(), summary, format, streams.out());
        }
        summary.problems().forEach(line -> streams.err().println("freshpyc: " + line));
        return ExitCode.of(!summary.left().isEmpty(), !summary.problems().isEmpty() || !indexed);
    }

    /** Restores the records in the index; false where the index cannot be written. */
    private static boolean restoreIndex(UndoneRecords records, Streams streams) {
        try {
            records.publish(System.currentTimeMillis() * NANOS_PER_MILLI);
            return true;
        } catch (IOException refused) {
            streams.err()
                    .println("freshpyc: the index could not be updated after the undo: " + CauseText.withFile(refused));
            return false;
        }
    }

    private static void discard(ParseResult parsed) {
        try {
            IndexArguments.journals(parsed).discardAll();
        } catch (IOException refused) {
            throw new CommandFailure(ExitCode.INCOMPLETE, CauseText.withFile(refused));
        }
    }
}
