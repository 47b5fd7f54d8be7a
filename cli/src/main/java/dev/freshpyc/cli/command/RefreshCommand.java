package dev.freshpyc.cli.command;

import dev.freshpyc.cli.meter.RefreshMeters;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.DurabilityArgument;
import dev.freshpyc.cli.option.EnvironmentArguments;
import dev.freshpyc.cli.option.EquivalenceServerArgument;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.MaxSizeArgument;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.PrefixArgument;
import dev.freshpyc.cli.option.PythonTimeout;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.WorkersArgument;
import dev.freshpyc.cli.render.EquivalenceNotes;
import dev.freshpyc.cli.render.Format;
import dev.freshpyc.cli.render.OutcomeLines;
import dev.freshpyc.cli.render.RefreshReport;
import dev.freshpyc.cli.render.RunProgress;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.equivalence.EquivalenceExchange;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.metadata.EntryPointCache;
import dev.freshpyc.indexer.metadata.EntryPointCache.Belief;
import dev.freshpyc.indexer.metadata.MetadataCollector;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.prove.BodyProver;
import dev.freshpyc.indexer.prove.Compilers;
import dev.freshpyc.indexer.prove.ProofTally;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.refresh.UnverifiedRecords;
import dev.freshpyc.indexer.scan.EntryVisitor;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc refresh}: brings the index up to date. */
final class RefreshCommand implements Command {

    private static final String STAT_ONLY = "--stat-only";
    private static final String PROVE = "--prove";
    private static final String NO_VERIFY = "--no-verify";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("refresh");
        spec.usageMessage().description("Brings the index up to date. Installers call it after every install.");
        IndexArguments.declare(spec);
        EnvironmentArguments.declare(spec, "Without PATH, scan the sys.path of this interpreter. Default: python3.");
        ChangeList.declare(spec);
        EquivalenceServerArgument.declare(spec);
        return spec.addOption(PythonTimeout.option())
                .addOption(InterpreterQuestion.isolation())
                .addOption(RootArgument.option())
                .addOption(PrefixArgument.option())
                .addOption(Options.flag(STAT_ONLY, "Read no contents, only file attributes: nothing is proven."))
                .addOption(
                        Options.flag(
                                PROVE,
                                "Compile the sources of bytecode that nothing proves, and compare: later runs take it as proven or refuted."))
                .addOption(Sealing.option())
                .addOption(IndexArguments.mostProofs())
                .addOption(
                        Options.flag(
                                NO_VERIFY,
                                "Trust what is new or has changed, such as after a bulk install, and hash no contents. Such files are recorded as unproven until a run without this option reads them."))
                .addOption(DurabilityArgument.option())
                .addOption(MaxSizeArgument.option(
                        "The first refresh saves the snapshot postinit within 90 %% of it; 0 for no snapshot."))
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
        if (ChangeList.isIn(args)) {
            ChronicleStore.prepare(); // without the option, there is often nothing to write
        }
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        long begun = System.nanoTime();
        requireSense(parsed);
        Optional<RawPath> root = RootArgument.of(parsed);
        if (!Sealing.isAsked(parsed)) {
            return run(parsed, streams, begun, root, IndexArguments.required(parsed, streams), Optional.empty());
        }
        try (Sealing sealing = Sealing.of(parsed, root, streams.err())) {
            return run(parsed, streams, begun, root, sealing.store(), Optional.of(sealing));
        }
    }

    private static void requireSense(ParseResult parsed) {
        if (parsed.hasMatchedOption(PROVE) && parsed.hasMatchedOption(STAT_ONLY)) {
            throw new CommandFailure(ExitCode.USAGE, PROVE + " reads contents, and " + STAT_ONLY + " reads none");
        }
        if (parsed.hasMatchedOption(NO_VERIFY)) {
            for (String reading : List.of(PROVE, STAT_ONLY)) {
                if (parsed.hasMatchedOption(reading)) {
                    throw new CommandFailure(ExitCode.USAGE, NO_VERIFY + " and " + reading + " exclude each other");
                }
            }
        }
        if (EquivalenceServerArgument.isAsked(parsed)) {
            for (String other : List.of(STAT_ONLY, NO_VERIFY, Sealing.SEAL)) {
                if (parsed.hasMatchedOption(other)) {
                    throw new CommandFailure(ExitCode.USAGE, "--equivalence and " + other + " exclude each other");
                }
            }
        }
        boolean partial = parsed.hasMatchedOption(STAT_ONLY) || parsed.hasMatchedOption(NO_VERIFY);
        if (Sealing.isAsked(parsed) && (partial || ChangeList.isIn(parsed))) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--seal reads the whole tree: it takes neither " + STAT_ONLY + " nor " + NO_VERIFY
                            + " nor --changed-from");
        }
    }

    private static int run(
            ParseResult parsed,
            Streams streams,
            long begun,
            Optional<RawPath> root,
            IndexStore store,
            Optional<Sealing> sealing)
            throws InterruptedException {
        InterpreterQuestion question = InterpreterQuestion.of(parsed);
        Optional<ScanTarget> target = target(parsed, question, root, streams.err());
        ScanOptions scan = ScanOptions.defaults()
                .withWorkers(WorkersArgument.of(parsed))
                .withPrefix(PrefixArgument.of(parsed, target.flatMap(ScanTarget::environment)));
        Optional<ChangeList> changed = ChangeList.of(parsed, store, target, scan, streams.err());
        List<PathEntry> entries = changed.map(ChangeList::entries)
                .orElseGet(() -> target.orElseThrow().existing());
        boolean quiet = parsed.hasMatchedOption("-q");
        if (!quiet) {
            target.flatMap(ScanTarget::leftOut).ifPresent(line -> streams.err().println("freshpyc: " + line));
        }
        Format format = parsed.matchedOptionValue("--format", Format.TEXT);
        ProofTally proofs = new ProofTally();
        EntryPointCache entryPoints = IndexArguments.entryPoints(parsed, streams.err());
        MetadataCollector metadata = new MetadataCollector(entryPoints);
        boolean keepsMetadata = sealing.isEmpty() && root.isEmpty();
        RefreshSummary summary;
        try (Compilers compilers = Compilers.of(question.compilers(entries), scan.workers());
                @Nullable
                        EquivalenceExchange exchange =
                                EquivalenceServerArgument.of(parsed).orElse(null);
                OutcomeLines outcomes = new OutcomeLines(streams.out())) {
            BodyProver.Scope scope =
                    parsed.hasMatchedOption(PROVE) ? BodyProver.Scope.UNPROVEN : BodyProver.Scope.REPLACED;
            Optional<ProofStore> kept =
                    sealing.isPresent() ? Sealing.proofs(streams.err()) : IndexArguments.proofs(parsed, streams.err());
            BiFunction<Supplier<? extends RecordEnricher>, EntryVisitor, Refresh> with = (prover, roots) -> new Refresh(
                    HostFiles.readers(root),
                    store,
                    kept,
                    scan,
                    rules(parsed),
                    new ManifestEvidence(root),
                    prover,
                    new ProgressMeter(),
                    roots);
            if (exchange != null) {
                ask(exchange, with.apply(() -> RecordEnricher.NONE, EntryVisitor.NONE), entries, changed);
            }
            Supplier<RecordEnricher> prover = parsed.hasMatchedOption(NO_VERIFY)
                    ? UnverifiedRecords::new
                    : () -> new BodyProver(scope, compilers, proofs);
            EntryVisitor roots = keepsMetadata ? metadata : EntryVisitor.NONE;
            Refresh refresh = exchange == null
                    ? with.apply(prover, roots)
                    : with.apply(() -> prover.get().then(exchange.provenPairs()), roots)
                            .believing(exchange::vouches);
            try (RunProgress _ = RunProgress.start(refresh::progress, streams.err(), quiet)) {
                RefreshSummary first = refresh(
                        refresh, entries, changed, format == Format.JSONL ? Optional.of(outcomes) : Optional.empty());
                summary = sealing.isPresent() ? sealing.get().settle(first, refresh, entries, scan) : first;
            }
            if (exchange != null) {
                EquivalenceNotes.finish(exchange, quiet, streams.err());
            }
        }
        boolean whole = changed.isEmpty() && sealing.isEmpty() && rules(parsed).digests();
        if (whole && summary.isComplete() && scan.pycachePrefix().isEmpty()) {
            FirstSnapshot.save(entries, scan, parsed, streams);
        }
        if (keepsMetadata && summary.problems().isEmpty()) { // otherwise nothing can be written beside the index
            List<PathEntry> all = target.map(ScanTarget::entries).orElse(entries); // archives too
            changed.map(ChangeList::paths)
                    .ifPresentOrElse(
                            paths -> all.forEach(entry -> entryPoints.metadata(
                                    entry.path(), paths.hasMetadata(entry) ? Belief.NONE : Belief.STAT)),
                            () -> metadata.keep(all));
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
        int sealed = sealing.map(one -> one.seal(entries, scan, root, quiet, streams))
                .orElse(ExitCode.OK);
        return summary.isComplete() ? sealed : ExitCode.INCOMPLETE;
    }

    /** Asks the server about what nothing proves. */
    private static void ask(
            EquivalenceExchange exchange, Refresh looking, List<PathEntry> entries, Optional<ChangeList> changed)
            throws InterruptedException {
        if (changed.isPresent()) {
            looking.look(entries, changed.get().paths(), exchange.openPairs());
        } else {
            looking.look(entries, exchange::openPairs);
        }
        exchange.ask();
    }

    /** What to look at; empty where a list of changes is for the entries that have an index. */
    private static Optional<ScanTarget> target(
            ParseResult parsed, InterpreterQuestion question, Optional<RawPath> root, PrintStream err) {
        List<String> paths = parsed.matchedPositionalValue(0, List.of());
        boolean known = ChangeList.isIn(parsed) && paths.isEmpty() && !question.isAsked();
        return known
                ? Optional.empty()
                : Optional.of(ScanTarget.of(paths, question, root, err).ofSources());
    }

    private static RefreshSummary refresh(
            Refresh refresh, List<PathEntry> entries, Optional<ChangeList> changed, Optional<OutcomeLines> outcomes)
            throws InterruptedException {
        if (changed.isEmpty()) {
            return outcomes.isPresent() ? refresh.run(entries, outcomes.get()) : refresh.run(entries);
        }
        return outcomes.isPresent()
                ? refresh.run(entries, changed.get().paths(), outcomes.get())
                : refresh.run(entries, changed.get().paths());
    }

    private static IndexRules rules(ParseResult parsed) {
        return new IndexRules(
                RacyWindow.DEFAULT,
                !parsed.hasMatchedOption(Options.NO_TRUST_CTIME),
                !parsed.hasMatchedOption(STAT_ONLY) && !parsed.hasMatchedOption(NO_VERIFY),
                true);
    }
}
