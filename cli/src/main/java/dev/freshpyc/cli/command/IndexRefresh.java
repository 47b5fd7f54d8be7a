package dev.freshpyc.cli.command;

import dev.freshpyc.cli.meter.RefreshMeters;
import dev.freshpyc.cli.option.EquivalenceServerArgument;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.PrefixArgument;
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
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.equivalence.EquivalenceExchange;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.metadata.EntryPointCache;
import dev.freshpyc.indexer.metadata.EntryPointCache.Belief;
import dev.freshpyc.indexer.metadata.MetadataCollector;
import dev.freshpyc.indexer.prove.BodyProver;
import dev.freshpyc.indexer.prove.Compilers;
import dev.freshpyc.indexer.prove.ProofTally;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.refresh.RefreshAids;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.refresh.UnverifiedRecords;
import dev.freshpyc.indexer.scan.EntryVisitor;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** One run of {@code freshpyc refresh}, whose options make sense together. */
final class IndexRefresh {

    private final long begun = System.nanoTime();
    private final ParseResult parsed;
    private final Streams streams;
    private final Optional<RawPath> root;
    private final IndexStore store;
    private final Optional<SealedIndexBuild> sealing;
    private final boolean quiet;
    private final InterpreterQuestion question;
    private final Optional<ScanTarget> target;
    private final ScanOptions scan;
    private final Optional<ChangeList> changed;
    private final List<PathEntry> entries;

    /** Finds the entries. */
    IndexRefresh(
            ParseResult parsed,
            Streams streams,
            Optional<RawPath> root,
            IndexStore store,
            Optional<SealedIndexBuild> sealing) {
        this.parsed = parsed;
        this.streams = streams;
        this.root = root;
        this.store = store;
        this.sealing = sealing;
        this.quiet = parsed.hasMatchedOption("-q");
        this.question = InterpreterQuestion.of(parsed);
        this.target = target(parsed, question, root, streams.err());
        this.scan = ScanOptions.defaults()
                .withWorkers(WorkersArgument.of(parsed))
                .withPrefix(PrefixArgument.of(parsed, target.flatMap(ScanTarget::environment)));
        this.changed = ChangeList.of(parsed, store, target, scan, streams.err());
        this.entries = changed.map(ChangeList::entries)
                .orElseGet(() -> target.orElseThrow().existing());
    }

    /** The target of the scan; empty where a list of changes is about all entries that have an index. */
    private static Optional<ScanTarget> target(
            ParseResult parsed, InterpreterQuestion question, Optional<RawPath> root, PrintStream err) {
        List<String> paths = parsed.matchedPositionalValue(0, List.of());
        boolean known = ChangeList.isIn(parsed) && paths.isEmpty() && !question.isAsked();
        return known
                ? Optional.empty()
                : Optional.of(ScanTarget.of(paths, question, root, err).ofSources());
    }

    /** Refreshes, keeps snapshots and metadata beside the index, and reports; returns the exit code. */
    int run() throws InterruptedException {
        if (!quiet) {
            target.flatMap(ScanTarget::leftOut).ifPresent(line -> streams.err().println("freshpyc: " + line));
        }
        ProofTally proofs = new ProofTally();
        EntryPointCache entryPoints = IndexArguments.entryPoints(parsed, streams.err());
        MetadataCollector metadata = new MetadataCollector(entryPoints);
        boolean keepsMetadata = sealing.isEmpty() && root.isEmpty();
        Result result = refresh(proofs, keepsMetadata ? metadata : EntryVisitor.NONE);
        RefreshSummary summary = result.summary();
        boolean whole = changed.isEmpty() && sealing.isEmpty() && rules().digests();
        if (whole && summary.isComplete() && scan.pycachePrefix().isEmpty()) {
            FirstSnapshot.save(entries, scan, parsed, streams);
        }
        if (keepsMetadata && summary.unwritten().isEmpty()) { // a directory that refuses the index refuses metadata too
            keep(metadata, entryPoints);
        }
        report(result, proofs);
        int sealed = sealing.map(one -> one.seal(entries, scan, root, quiet, streams))
                .orElse(ExitCode.OK);
        return summary.isComplete() ? sealed : ExitCode.INCOMPLETE;
    }

    /**
     * What became of the run.
     *
     * @param exchange with a hash-equivalence server; empty where none was asked
     */
    private record Result(RefreshSummary summary, Optional<EquivalenceExchange.Summary> exchange) {}

    private Result refresh(ProofTally proofs, EntryVisitor roots) throws InterruptedException {
        try (Compilers compilers = Compilers.of(question.compilers(entries), scan.workers());
                @Nullable
                        EquivalenceExchange exchange =
                                EquivalenceServerArgument.of(parsed).orElse(null);
                OutcomeLines outcomes = new OutcomeLines(streams.out())) {
            Optional<ProofStore> kept = sealing.isPresent()
                    ? SealedIndexBuild.proofs(streams.err())
                    : IndexArguments.proofs(parsed, streams.err());
            RefreshAids manifests = RefreshAids.of(new ManifestEvidence(root));
            if (exchange != null) {
                ask(exchange, refresh(kept, manifests));
            }
            Supplier<RecordEnricher> prover = prover(compilers, proofs);
            RefreshAids aids = manifests.showingRoots(roots);
            Refresh refresh = refresh(
                    kept,
                    exchange == null
                            ? aids.proving(prover)
                            : aids.proving(() -> prover.get().then(exchange.provenPairs()))
                                    .believing(exchange::vouches));
            RefreshSummary summary;
            try (RunProgress _ = RunProgress.start(refresh::progress, streams.err(), quiet)) {
                RefreshSummary first = run(refresh, outcomes);
                summary = sealing.isPresent() ? sealing.get().settle(first, refresh, entries, scan) : first;
            }
            if (exchange == null) {
                return new Result(summary, Optional.empty());
            }
            EquivalenceNotes.finish(exchange, quiet, streams.err());
            return new Result(summary, Optional.of(exchange.summary()));
        }
    }

    private Refresh refresh(Optional<ProofStore> proofs, RefreshAids aids) {
        return new Refresh(HostFiles.readers(root), store, proofs, scan, rules(), aids);
    }

    private Supplier<RecordEnricher> prover(Compilers compilers, ProofTally proofs) {
        if (parsed.hasMatchedOption(RefreshCommand.NO_VERIFY)) {
            return UnverifiedRecords::new;
        }
        BodyProver.Scope scope =
                parsed.hasMatchedOption(RefreshCommand.PROVE) ? BodyProver.Scope.UNPROVEN : BodyProver.Scope.REPLACED;
        return () -> new BodyProver(scope, compilers, proofs);
    }

    /** Asks the server about the pairs that nothing proves. */
    private void ask(EquivalenceExchange exchange, Refresh unaided) throws InterruptedException {
        if (changed.isPresent()) {
            unaided.scan(entries, changed.get().paths(), exchange.openPairs());
        } else {
            unaided.scan(entries, exchange::openPairs);
        }
        exchange.ask();
    }

    private RefreshSummary run(Refresh refresh, OutcomeLines outcomes) throws InterruptedException {
        boolean lines = format() == Format.JSONL;
        if (changed.isEmpty()) {
            return lines ? refresh.run(entries, outcomes) : refresh.run(entries);
        }
        return lines
                ? refresh.run(entries, changed.get().paths(), outcomes)
                : refresh.run(entries, changed.get().paths());
    }

    private void keep(MetadataCollector metadata, EntryPointCache entryPoints) {
        List<PathEntry> all = target.map(ScanTarget::entries).orElse(entries); // archives too
        changed.map(ChangeList::paths)
                .ifPresentOrElse(
                        paths -> all.forEach(entry -> entryPoints.metadata(
                                entry.path(), paths.hasMetadata(entry) ? Belief.NONE : Belief.STAT)),
                        () -> metadata.keep(all));
    }

    private void report(Result result, ProofTally proofs) {
        RefreshSummary summary = result.summary();
        if (!quiet) {
            boolean proving = parsed.hasMatchedOption(RefreshCommand.PROVE);
            RefreshReport.print(
                    summary,
                    proving ? Optional.of(proofs) : Optional.empty(),
                    result.exchange(),
                    format(),
                    streams.out());
        }
        RefreshReport.complain(summary, streams.err());
        MetricsFile.write(parsed, file -> RefreshMeters.write(summary, System.nanoTime() - begun, file));
    }

    private Format format() {
        return parsed.matchedOptionValue("--format", Format.TEXT);
    }

    private IndexRules rules() {
        return new IndexRules(
                RacyWindow.DEFAULT,
                !parsed.hasMatchedOption(Options.NO_TRUST_CTIME),
                !parsed.hasMatchedOption(RefreshCommand.STAT_ONLY)
                        && !parsed.hasMatchedOption(RefreshCommand.NO_VERIFY),
                true);
    }
}
