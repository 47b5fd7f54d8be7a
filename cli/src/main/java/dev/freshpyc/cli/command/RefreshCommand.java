package dev.freshpyc.cli.command;

import dev.freshpyc.cli.meter.RefreshMeters;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.PythonTimeout;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.WorkersArgument;
import dev.freshpyc.cli.render.Format;
import dev.freshpyc.cli.render.OutcomeLines;
import dev.freshpyc.cli.render.RefreshReport;
import dev.freshpyc.cli.render.RunProgress;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.compile.CompileLimits;
import dev.freshpyc.indexer.compile.WorkerPool;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.prove.BodyProver;
import dev.freshpyc.indexer.prove.ProofTally;
import dev.freshpyc.indexer.refresh.ChangedPaths;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc refresh}: brings the index up to date. */
final class RefreshCommand implements Command {

    private static final String STAT_ONLY = "--stat-only";
    private static final String PROVE = "--prove";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("refresh");
        spec.usageMessage().description("Brings the index up to date. Installers call it after every install.");
        IndexArguments.declare(spec);
        return spec.addOption(Options.value(
                        "--python",
                        "EXE",
                        String.class,
                        "Without PATH, scan the sys.path of this interpreter. Default: python3."))
                .addOption(PythonTimeout.option())
                .addOption(Options.value(
                        "--changed-from",
                        "FILE",
                        String.class,
                        "Look only at the paths that FILE lists, one per line; - is standard input."))
                .addOption(Options.flag("-0", "The paths of --changed-from are separated by NUL instead of newlines."))
                .addOption(Options.flag(STAT_ONLY, "Read no contents, only file attributes: nothing is proven."))
                .addOption(
                        Options.flag(
                                PROVE,
                                "Compile the sources of bytecode that nothing proves, and compare: later runs take it as proven or refuted."))
                .addOption(Options.noTrustCtime())
                .addOption(Options.outcomeFormat())
                .addOption(MetricsFile.option())
                .addOption(WorkersArgument.option())
                .addOption(Options.flag("-q", "No progress and no summary."))
                .addPositional(Options.paths("PATH", "Directories as on sys.path. Default: the sys.path of --python."));
    }

    @Override
    public void prepare(List<String> args) {
        HostFiles.prepare();
        if (args.stream().anyMatch(arg -> arg.startsWith("--changed-from"))) {
            ChronicleStore.prepare(); // without the option, there is often nothing to write
        }
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        long begun = System.nanoTime();
        IndexStore store = IndexArguments.required(parsed, streams);
        ScanOptions scan = ScanOptions.defaults().withWorkers(WorkersArgument.of(parsed));
        InterpreterQuestion question = InterpreterQuestion.of(parsed);
        Work work = work(parsed, store, question, streams.err());
        boolean quiet = parsed.hasMatchedOption("-q");
        Format format = parsed.matchedOptionValue("--format", Format.TEXT);
        ProofTally proofs = new ProofTally();
        RefreshSummary summary;
        try (WorkerPool compilers = WorkerPool.of(scan.workers(), CompileLimits.DEFAULT);
                OutcomeLines outcomes = new OutcomeLines(streams.out())) {
            Supplier<RecordEnricher> prover = () -> RecordEnricher.NONE;
            if (parsed.hasMatchedOption(PROVE)) {
                InterpreterLocator interpreters = question.compilers(work.entries());
                prover = () -> new BodyProver(interpreters, compilers, proofs);
            }
            Refresh refresh = new Refresh(
                    HostFiles.readers(),
                    store,
                    scan,
                    rules(parsed),
                    new ManifestEvidence(Optional.empty()),
                    prover,
                    new ProgressMeter());
            try (RunProgress _ = RunProgress.start(refresh::progress, streams.err(), quiet)) {
                summary = work.run(refresh, format == Format.JSONL ? Optional.of(outcomes) : Optional.empty());
            }
        }
        if (!quiet) {
            RefreshReport.print(
                    summary,
                    parsed.hasMatchedOption(PROVE) ? Optional.of(proofs) : Optional.empty(),
                    format,
                    streams.out());
        }
        RefreshReport.complain(summary, streams.err());
        MetricsFile.write(parsed, file -> RefreshMeters.write(summary, System.nanoTime() - begun, file));
        return summary.isComplete() ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    /** What is to be refreshed: whole entries, or the changed paths in them. */
    private record Work(List<PathEntry> entries, Optional<ChangedPaths> changed) {

        RefreshSummary run(Refresh refresh, Optional<OutcomeLines> outcomes) throws InterruptedException {
            if (changed.isEmpty()) {
                return outcomes.isPresent() ? refresh.run(entries, outcomes.get()) : refresh.run(entries);
            }
            return outcomes.isPresent()
                    ? refresh.run(entries, changed.get(), outcomes.get())
                    : refresh.run(entries, changed.get());
        }
    }

    private static Work work(ParseResult parsed, IndexStore store, InterpreterQuestion question, PrintStream err) {
        if (parsed.hasMatchedOption(PROVE) && parsed.hasMatchedOption(STAT_ONLY)) {
            throw new CommandFailure(ExitCode.USAGE, PROVE + " reads contents, and " + STAT_ONLY + " reads none");
        }
        @Nullable String list = parsed.matchedOptionValue("--changed-from", (String) null);
        List<String> paths = parsed.matchedPositionalValue(0, List.of());
        if (list == null) {
            return new Work(ScanTarget.of(paths, question, err).ofSources().existing(), Optional.empty());
        }
        List<PathEntry> entries = paths.isEmpty() && !question.isAsked()
                ? known(store)
                : ScanTarget.of(paths, question, err).ofSources().entries();
        ChangedPaths changed = ChangedPaths.of(read(list, parsed.hasMatchedOption("-0") ? 0 : '\n'), entries);
        if (changed.outside() > 0 && !parsed.hasMatchedOption("-q")) {
            boolean one = changed.outside() == 1;
            err.println("freshpyc: " + changed.outside() + " of the changed paths " + (one ? "lies" : "lie")
                    + " outside every entry" + (paths.isEmpty() ? " that has an index" : "") + " and "
                    + (one ? "was" : "were") + " not looked at");
        }
        return new Work(entries, Optional.of(changed));
    }

    /** The entries that have an index: without PATH, they are the ones that a list of changes is for. */
    private static List<PathEntry> known(IndexStore store) {
        return PathEntry.directories(
                StoreReads.list(store).stream().map(IndexInfo::entry).toList());
    }

    private static List<RawPath> read(String list, int separator) {
        try (InputStream in = list.equals("-") ? System.in : Files.newInputStream(Path.of(list))) {
            return ChangedPaths.read(new BufferedInputStream(in), separator);
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    ExitCode.USAGE, RawPath.of(list).shown() + ": the list of changed paths cannot be read");
        }
    }

    private static IndexRules rules(ParseResult parsed) {
        return new IndexRules(
                RacyWindow.DEFAULT,
                !parsed.hasMatchedOption(Options.NO_TRUST_CTIME),
                !parsed.hasMatchedOption(STAT_ONLY),
                true);
    }
}
