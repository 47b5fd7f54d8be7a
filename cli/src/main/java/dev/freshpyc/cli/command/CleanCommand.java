package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CauseText;
import dev.freshpyc.cli.option.CleanArguments;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.EnvironmentArguments;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.KeepArgument;
import dev.freshpyc.cli.option.NamedTarget;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.PrefixArgument;
import dev.freshpyc.cli.option.PythonTimeout;
import dev.freshpyc.cli.option.RecordArguments;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.WorkersArgument;
import dev.freshpyc.cli.render.CleanReport;
import dev.freshpyc.cli.render.Format;
import dev.freshpyc.cli.render.ManifestNotes;
import dev.freshpyc.cli.render.OutcomeLines;
import dev.freshpyc.cli.render.RunProgress;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.store.NoIndexes;
import dev.freshpyc.indexer.clean.Clean;
import dev.freshpyc.indexer.clean.CleanOptions;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.host.Terminal;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.outcome.CleanSummary;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc clean}: removes bytecode that no interpreter reads. */
final class CleanCommand implements Command {

    private static final int STANDARD_ERROR = 2;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("clean");
        spec.usageMessage()
                .description(
                        "Removes bytecode files that no interpreter reads: files whose source is gone, and files of interpreters that are not installed, unless options select others. 'freshpyc undo' brings them back; until 'freshpyc undo --discard' or the limit of --keep, they take the same room beside the index. A __pycache__ that is empty then is removed too, and an undo makes it again. What lies behind a symbolic link stays.");
        IndexArguments.declare(spec);
        EnvironmentArguments.declare(
                spec, "Without PATH, clean the sys.path of this interpreter. Its files are never foreign.");
        CleanArguments.declare(spec);
        return spec.addOption(PythonTimeout.option())
                .addOption(InterpreterQuestion.isolation())
                .addOption(RootArgument.option())
                .addOption(PrefixArgument.option())
                .addOption(KeepArgument.option())
                .addOption(RecordArguments.keep("remove"))
                .addOption(
                        RecordArguments.update(
                                "Remove the line of each removed file from the RECORD of its wheel; a line without a digest stays."))
                .addOption(Options.flag("--dry-run", "Print what would be removed; remove nothing."))
                .addOption(Options.flag("--check", "Like --dry-run, with exit code 1 if something would be removed."))
                .addOption(Options.outcomeFormat())
                .addOption(WorkersArgument.option())
                .addOption(Options.verbose())
                .addOption(Options.flag("-q", "No progress and no summary."))
                .addPositional(
                        Options.paths(
                                "PATH",
                                "Directories as on sys.path. Needed, unless --python names the interpreter whose sys.path is cleaned."));
    }

    @Override
    public void prepare(List<String> args) {
        HostFiles.prepare();
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        HostFiles.requireWriting("clean");
        boolean dry = parsed.hasMatchedOption("--dry-run") || parsed.hasMatchedOption("--check");
        CleanOptions options = CleanArguments.options(parsed);
        InterpreterQuestion question = InterpreterQuestion.of(parsed);
        ScanTarget target = NamedTarget.of("clean", parsed, options.root(), question, streams.err());
        List<PathEntry> entries = target.directories();
        ScanOptions scan = CleanArguments.scan(parsed, ScanOptions.defaults().withWorkers(WorkersArgument.of(parsed)))
                .withPrefix(PrefixArgument.of(parsed, target.environment()));
        boolean withoutIndex = IndexArguments.plansWithout(parsed, dry, streams.err());
        Clean clean = new Clean(
                HostFiles.readers(options.root()),
                withoutIndex ? new NoIndexes() : IndexArguments.required(parsed, streams),
                scan,
                options,
                question.compilers(entries),
                withoutIndex ? JournalDirectory.none() : IndexArguments.journals(parsed));
        boolean quiet = parsed.hasMatchedOption("-q");
        if (!quiet) {
            target.leftOut().ifPresent(line -> streams.err().println("freshpyc: " + line));
            target.archivesLeft().ifPresent(line -> streams.err().println("freshpyc: " + line));
        }
        if (!quiet && !dry && Terminal.isTerminal(STANDARD_ERROR)) {
            streams.err().println("freshpyc: " + CleanReport.announcement(clean.plan(entries, _ -> {})));
        }
        Format format = parsed.matchedOptionValue("--format", Format.TEXT);
        CleanSummary summary;
        try (OutcomeLines outcomes = new OutcomeLines(streams.out());
                RunProgress _ = RunProgress.start(clean::progress, streams.err(), quiet)) {
            summary = clean(clean, entries, dry, format == Format.JSONL ? outcomes : _ -> {});
        }
        if (!quiet) {
            CleanReport.print(
                    summary, dry, options.records(), parsed.hasMatchedOption(Options.VERBOSE), format, streams.out());
        }
        if (parsed.hasMatchedOption(Options.VERBOSE)) {
            ManifestNotes.print(clean.manifests(), streams.err());
        }
        summary.problems().forEach(line -> streams.err().println("freshpyc: " + line));
        boolean wouldChange =
                parsed.hasMatchedOption("--check") && summary.total().files() > 0;
        return ExitCode.of(
                wouldChange || !summary.left().isEmpty(), !summary.problems().isEmpty() || target.namesArchive());
    }

    private static CleanSummary clean(Clean clean, List<PathEntry> entries, boolean dry, Consumer<Outcome> outcomes)
            throws InterruptedException {
        try {
            return dry ? clean.plan(entries, outcomes) : clean.run(entries, outcomes);
        } catch (IOException refused) {
            throw new CommandFailure(ExitCode.INCOMPLETE, "nothing was removed: " + CauseText.withFile(refused));
        }
    }
}
