package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CauseText;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.DurabilityArgument;
import dev.freshpyc.cli.option.EnvironmentArguments;
import dev.freshpyc.cli.option.EquivalenceServerArgument;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.ImageArgument;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.KeepArgument;
import dev.freshpyc.cli.option.NamedTarget;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.PrefixArgument;
import dev.freshpyc.cli.option.ProfileArgument;
import dev.freshpyc.cli.option.PythonTimeout;
import dev.freshpyc.cli.option.RecordArguments;
import dev.freshpyc.cli.option.RepairArguments;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.SealProfile;
import dev.freshpyc.cli.option.SelectionArguments;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.WorkersArgument;
import dev.freshpyc.cli.render.EquivalenceNotes;
import dev.freshpyc.cli.render.Format;
import dev.freshpyc.cli.render.ManifestNotes;
import dev.freshpyc.cli.render.OutcomeLines;
import dev.freshpyc.cli.render.RepairReport;
import dev.freshpyc.cli.render.RunProgress;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.store.NoIndexes;
import dev.freshpyc.indexer.equivalence.EquivalenceExchange;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.Repair;
import dev.freshpyc.indexer.repair.RepairStores;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.RepairOptions.RecordPolicy;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.repair.record.UncompiledSources;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc repair}: repairs pycs, so that its interpreter loads each pyc and each was compiled from its source. */
final class RepairCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("repair");
        spec.usageMessage()
                .description(
                        "Repairs every bytecode file that its interpreter does not load or that does not match its source.");
        IndexArguments.declare(spec);
        EquivalenceServerArgument.declare(spec);
        EnvironmentArguments.declare(
                spec,
                "Without PATH, repair the sys.path of this interpreter. Repairs compile with the interpreter, and files without a tag in their names are judged by what the interpreter does with them.");
        return spec.addOption(
                        Options.value(
                                "--to",
                                "MODE",
                                TargetMode.class,
                                "The kind of header to write: auto, checked-hash, unchecked-hash, timestamp or zero-mtime. Default: auto, which leaves fresh files as they are and gives the others what survives: timestamps where audit says that timestamps can be trusted, checked hashes elsewhere. Every other MODE also converts fresh files. An interpreter reads and hashes the source of a checked-hash file at every start."))
                .addOption(PythonTimeout.option())
                .addOption(InterpreterQuestion.isolation())
                .addOption(Options.flag(
                        "--assume-matching",
                        "Trust bytecode whose only mismatch with its source is the mtime. You vouch for the code."))
                .addOption(OptionSpec.builder("--clamp-mtime")
                        .paramLabel("EPOCH")
                        .type(String.class)
                        .arity("0..1")
                        .preprocessor((words, _, _, state) -> {
                            if (!"=".equals(state.get("separator"))) { // no value is attached: the next word is a PATH
                                words.push(RepairArguments.SOURCE_DATE_EPOCH);
                            }
                            return false;
                        })
                        .description(
                                "With --to timestamp: write EPOCH, in seconds since 1970, instead of any later mtime."
                                        + " EPOCH follows after '=' only. Without EPOCH: $SOURCE_DATE_EPOCH.")
                        .build())
                .addOption(OptionSpec.builder("--zero-source-mtime", "--set-source-mtime")
                        .type(boolean.class)
                        .description(
                                "With --to zero-mtime or --clamp-mtime: also set the mtime of each source to the one in its new headers.")
                        .build())
                .addOption(RootArgument.option())
                .addOption(
                        ImageArgument.option(
                                "Repair a container image (see audit --image): write OUT, the image with one layer more, which has the new headers."
                                        + " No body is written. A header is written only if the body is proven, or was compiled and compared."))
                .addOption(ImageArgument.outputOption())
                .addOption(PrefixArgument.option())
                .addOption(SelectionArguments.expected(
                        "Compile each source that has no bytecode of this tag and level (0, 1 or 2)."))
                .addOption(SelectionArguments.excluded())
                .addOption(ProfileArgument.option(
                        "Repair, and with --expect compile, only the modules that PROFILE lists, one dotted name per line; - is standard input."
                                + " The name of a package means its __init__ alone."))
                .addOption(Options.flag(
                        "--share", "If the compiled files of two levels are equal, make them hard links of one file."))
                .addOption(KeepArgument.option())
                .addOption(RecordArguments.keep("change"))
                .addOption(
                        RecordArguments.update(
                                "Write the new digest and size of each changed file to the RECORD of its wheel. A fresh file that differs from its line is compiled and compared first."))
                .addOption(Options.value(
                        "--write",
                        "HOW",
                        WriteMode.class,
                        "How to write a header: replace (a new file, then a rename) or in-place. Default: replace."))
                .addOption(DurabilityArgument.option())
                .addOption(
                        Options.value(
                                "--hardlinks",
                                "POLICY",
                                HardLinks.class,
                                "What to do with a file that has hard links outside the tree: refuse, break or in-place. Default: refuse."
                                        + " With break, hard links inside the tree that need different headers become separate files."))
                .addOption(Options.flag("--dry-run", "Print what would be done; write nothing."))
                .addOption(Options.flag("--check", "Like --dry-run, with exit code 1 if something would be done."))
                .addOption(RepairArguments.required())
                .addOption(RepairArguments.renewed())
                .addOption(SealProfile.option())
                .addOption(IndexArguments.mostProofs())
                .addOption(Options.noTrustCtime())
                .addOption(Options.outcomeFormat())
                .addOption(WorkersArgument.option())
                .addOption(Options.verbose())
                .addOption(Options.flag("-q", "No progress and no summary."))
                .addPositional(
                        Options.paths(
                                "PATH",
                                "Directories as on sys.path. Needed, unless --python names the interpreter whose sys.path is repaired."));
    }

    @Override
    public void prepare(List<String> args) {
        HostFiles.prepare();
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        if (ImageArgument.isIn(parsed)) {
            return ImageRepairRun.run(parsed, streams);
        }
        ImageArgument.refuseOutput(parsed);
        boolean dry = parsed.hasMatchedOption("--dry-run") || parsed.hasMatchedOption("--check");
        if (!dry) {
            HostFiles.requireWriting("repair");
        }
        RepairStores stores = stores(parsed, dry, streams);
        InterpreterQuestion question = InterpreterQuestion.of(parsed);
        RepairOptions options = RepairArguments.options(parsed);
        ScanTarget target = NamedTarget.of("repair", parsed, options.root(), question, streams.err());
        List<PathEntry> entries = target.existing();
        ScanOptions scan = SelectionArguments.of(parsed, ScanOptions.defaults().withWorkers(WorkersArgument.of(parsed)))
                .withPrefix(PrefixArgument.of(parsed, target.environment()));
        Repair any = new Repair(HostFiles.readers(options.root()), stores, scan, options, question.compilers(entries));
        Repair alone = target.environment()
                .map(python -> any.forReader(python.interpreter()))
                .orElse(any);
        boolean quiet = parsed.hasMatchedOption("-q");
        @Nullable String profile = SealProfile.told(parsed);
        if (dry && profile != null) {
            (parsed.matchedOptionValue("--format", Format.TEXT) == Format.TEXT ? streams.out() : streams.err())
                    .println(profile);
        }
        if (!quiet) {
            target.leftOut().ifPresent(line -> streams.err().println("freshpyc: " + line));
        }
        if (!quiet && options.records() == RecordPolicy.UPDATE) {
            target.recordsLeft().ifPresent(line -> streams.err().println("freshpyc: " + line));
        }
        Format format = parsed.matchedOptionValue("--format", Format.TEXT);
        Repair repair;
        RepairSummary summary;
        try (@Nullable
                        EquivalenceExchange exchange =
                                EquivalenceServerArgument.of(parsed).orElse(null);
                OutcomeLines outcomes = new OutcomeLines(streams.out())) {
            repair = exchange == null ? alone : alone.asking(exchange);
            try (RunProgress _ = RunProgress.start(repair::progress, streams.err(), quiet)) {
                summary =
                        repair(repair, entries, dry, format == Format.JSONL ? Optional.of(outcomes) : Optional.empty());
            }
            if (exchange != null && dry) {
                EquivalenceNotes.print(exchange.summary(), quiet, streams.err());
            } else if (exchange != null) {
                EquivalenceNotes.finish(exchange, quiet, streams.err());
            }
        }
        if (!quiet) {
            RepairReport.ReportedRun told = new RepairReport.ReportedRun(
                    dry, parsed.hasMatchedOption(Options.VERBOSE), options.bodies(), options.records());
            RepairReport.print(summary, told, format, streams.out());
        }
        if (parsed.hasMatchedOption(Options.VERBOSE)) {
            ManifestNotes.print(repair.manifests(), streams.err());
        }
        summary.problems().forEach(line -> streams.err().println("freshpyc: " + line));
        boolean wouldChange = parsed.hasMatchedOption("--check") && summary.changes();
        return ExitCode.of(
                wouldChange || !summary.unrepaired().isEmpty(),
                !summary.problems().isEmpty());
    }

    private static RepairStores stores(ParseResult parsed, boolean dry, Streams streams) {
        if (IndexArguments.plansWithout(parsed, dry, streams.err())) {
            return new RepairStores(new NoIndexes(), Optional.empty(), JournalDirectory.none());
        }
        return new RepairStores(
                        IndexArguments.required(parsed, streams),
                        IndexArguments.proofs(parsed, streams.err()),
                        IndexArguments.journals(parsed))
                .remembering(new UncompiledSources(IndexArguments.directory(parsed, streams)));
    }

    private static RepairSummary repair(
            Repair repair, List<PathEntry> entries, boolean dry, Optional<OutcomeLines> outcomes)
            throws InterruptedException {
        try {
            if (dry) {
                return outcomes.isPresent() ? repair.plan(entries, outcomes.get()) : repair.plan(entries);
            }
            return outcomes.isPresent() ? repair.run(entries, outcomes.get()) : repair.run(entries);
        } catch (IOException refused) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    (dry ? "nothing was planned: " : "nothing was repaired: ") + CauseText.withFile(refused));
        }
    }
}
