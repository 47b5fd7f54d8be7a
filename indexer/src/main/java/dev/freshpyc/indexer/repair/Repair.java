package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.compile.CompileLimits;
import dev.freshpyc.indexer.compile.WorkerPool;
import dev.freshpyc.indexer.equivalence.EquivalenceExchange;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.progress.ProgressMeter.Progress;
import dev.freshpyc.indexer.prove.Compilers;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.refresh.RefreshAids;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.repair.archive.ArchivePlans;
import dev.freshpyc.indexer.repair.archive.ArchiveRepair;
import dev.freshpyc.indexer.repair.archive.MemberProofs;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.installer.InstallerRecords;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.repair.plan.PlanRules;
import dev.freshpyc.indexer.repair.plan.PlanStore;
import dev.freshpyc.indexer.repair.plan.RepairPlan;
import dev.freshpyc.indexer.repair.record.IndexUpdate;
import dev.freshpyc.indexer.repair.record.UncompiledSources;
import dev.freshpyc.indexer.repair.write.FileRewriter;
import dev.freshpyc.indexer.repair.write.Recompiler;
import dev.freshpyc.indexer.repair.write.WriterPool;
import dev.freshpyc.indexer.repair.write.WrittenFileSystems;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ProfiledSources;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Repairs the pycs of path entries. The plan for a large tree is written in batches that fit into memory. */
public final class Repair {

    private final Supplier<? extends TreeReader> files;
    private final RepairStores stores;
    private final ScanOptions scan;
    private final RepairOptions options;
    private final InterpreterLocator interpreters;
    private final ManifestEvidence manifests;
    private final InstallerRecords records;
    private final int batch;
    private final Optional<EquivalenceExchange> exchange;
    private final Optional<KnownInterpreter> reader;
    private final ProgressMeter progress = new ProgressMeter();

    /**
     * A repair that has not begun.
     *
     * @param interpreters finds the interpreters of the pycs that have to be compiled
     */
    public Repair(
            Supplier<? extends TreeReader> files,
            RepairStores stores,
            ScanOptions scan,
            RepairOptions options,
            InterpreterLocator interpreters) {
        this(files, stores, scan, options, interpreters, PlanStore.BATCH, Optional.empty(), Optional.empty());
    }

    private Repair(
            Supplier<? extends TreeReader> files,
            RepairStores stores,
            ScanOptions scan,
            RepairOptions options,
            InterpreterLocator interpreters,
            int batch,
            Optional<EquivalenceExchange> exchange,
            Optional<KnownInterpreter> reader) {
        this.files = files;
        this.stores = stores;
        this.scan = scan;
        this.options = options;
        this.interpreters = interpreters;
        this.batch = batch;
        this.exchange = exchange;
        this.reader = reader;
        this.manifests = new ManifestEvidence(options.root());
        this.records = new InstallerRecords(manifests, options.records());
    }

    /**
     * This repair, except that it asks a hash-equivalence server about unproven pairs and sends it the proven pairs.
     */
    public Repair asking(EquivalenceExchange server) {
        return new Repair(files, stores, scan, options, interpreters, batch, Optional.of(server), reader);
    }

    /**
     * This repair, except that it judges and makes legacy files and members of archives for that interpreter: their names do not tell
     * their interpreter.
     */
    public Repair forReader(KnownInterpreter asked) {
        return new Repair(files, stores, scan, options, interpreters, batch, exchange, Optional.of(asked));
    }

    /** The same repair, which keeps at most {@code pycs} pycs in memory and writes them in one go. */
    public Repair inBatchesOf(int pycs) {
        return new Repair(files, stores, scan, options, interpreters, pycs, exchange, reader);
    }

    /** The manifests that this repair has asked. */
    public ManifestEvidence manifests() {
        return manifests;
    }

    /** How far the repair is; any thread may ask. */
    public Progress progress() {
        return progress.now();
    }

    /**
     * Plans the repair; writes nothing but a temporary file for a large plan.
     *
     * @throws IOException when the temporary file cannot be written
     */
    public RepairSummary plan(List<PathEntry> entries) throws IOException, InterruptedException {
        return plan(entries, OutcomeTally.counting());
    }

    /**
     * Plans the repair, and hands out the planned outcome of each file; writes nothing but a temporary file for a large plan.
     *
     * @throws IOException when the temporary file cannot be written
     */
    public RepairSummary plan(List<PathEntry> entries, Consumer<Outcome> outcomes)
            throws IOException, InterruptedException {
        return plan(entries, OutcomeTally.forwardingTo(outcomes));
    }

    /**
     * Repairs the pycs and updates the index.
     *
     * @throws IOException when nothing could be written: the journal could not be made, or the disk has no room
     */
    public RepairSummary run(List<PathEntry> entries) throws IOException, InterruptedException {
        return run(entries, OutcomeTally.counting());
    }

    /**
     * Repairs the pycs and updates the index. Hands out the outcome of each file, one at a time, from several threads.
     *
     * @throws IOException when nothing could be written: the journal could not be made, or the disk has no room
     */
    public RepairSummary run(List<PathEntry> entries, Consumer<Outcome> outcomes)
            throws IOException, InterruptedException {
        return run(entries, OutcomeTally.forwardingTo(outcomes));
    }

    private RepairSummary plan(List<PathEntry> entries, OutcomeTally tally) throws IOException, InterruptedException {
        ArchivePlans members = archivePlans(entries, tally);
        ask(entries);
        try (PlanStore planned = new PlanStore(rules(entries), batch)) {
            RefreshSummary scanned = refresh().scan(entries, () -> collector(planned, members, tally));
            scanned.problems().forEach(tally::addProblem);
            new PlannedOutcomes(
                            options,
                            interpreters,
                            records,
                            stores.uncompiled().map(UncompiledSources::known).orElse(Map.of()))
                    .of(planned.plan(), tally);
            members.predict(interpreters);
        }
        return tally.summary();
    }

    /** Collects the plans of one worker, for files and for members of archives. */
    private static RecordEnricher collector(PlanStore planned, ArchivePlans members, OutcomeTally tally) {
        RecordEnricher files = planned.collector(tally);
        return (sighting, judgement) ->
                (sighting.members().isPresent() ? members.collector() : files).enrich(sighting, judgement);
    }

    private ArchivePlans archivePlans(List<PathEntry> entries, OutcomeTally tally) {
        PlanRules rules =
                new PlanRules(options, records, profiled(entries, PathEntry.Archive.class::isInstance), reader);
        return new ArchivePlans(rules, reader, tally);
    }

    /** The sources of the profile's modules in the entries of one kind. Archives are apart: a member has no name below a directory around its archive. */
    private ProfiledSources profiled(List<PathEntry> entries, Predicate<PathEntry> kind) {
        return new ProfiledSources(
                options.profile(), entries.stream().filter(kind).toList());
    }

    private RepairSummary run(List<PathEntry> entries, OutcomeTally tally) throws IOException, InterruptedException {
        ArchivePlans members = archivePlans(entries, tally);
        stores.journals().trim(options.keepLimit());
        ask(entries);
        try (PlanStore planned = new PlanStore(rules(entries), batch)) {
            RefreshSummary refreshed = refresh().run(entries, () -> collector(planned, members, tally));
            refreshed.problems().forEach(tally::addProblem);
            RepairPlan plan = planned.plan();
            if (plan.isEmpty() && members.isEmpty()) {
                stores.journals().noteUnchanged(scan.clock().instant());
            } else {
                write(entries, plan, members, tally);
            }
        }
        if (exchange.isPresent()) {
            unaided().scan(entries, exchange.get()::provenPairs);
        }
        return tally.summary();
    }

    /** Asks the server about the pairs that nothing proves. */
    private void ask(List<PathEntry> entries) throws InterruptedException {
        if (exchange.isPresent()) {
            unaided().scan(entries, exchange.get()::openPairs);
            exchange.get().ask();
        }
    }

    private void write(List<PathEntry> entries, RepairPlan plan, ArchivePlans members, OutcomeTally tally)
            throws IOException, InterruptedException {
        // Interpreters are started before a file is open: starting a program takes as many descriptors as writing a
        // file.
        plan.compilers().forEach(interpreters::find);
        members.compilers().forEach(interpreters::find);
        WrittenFileSystems fileSystems = new WrittenFileSystems();
        WriterPool writers = new WriterPool(
                scan.workers(),
                () -> new FileRewriter(options.durability(), fileSystems, options.root(), options.bodies()),
                progress);
        Journal journal = stores.journals().create(scan.clock().instant());
        try (IndexUpdate index = new IndexUpdate(stores.index(), stores.proofs(), options, writers, scan, batch)) {
            journal.addTrees(trees(entries), options.root());
            RepairRun run = new RepairRun(options, writers, journal, tally, records, fileSystems, index);
            try (WorkerPool compilers = WorkerPool.of(scan.workers(), CompileLimits.DEFAULT)) {
                Recompiler recompiler = new Recompiler(options, plan.targets(), interpreters, compilers, tally);
                run.writeAll(plan, recompiler);
                stores.uncompiled().ifPresent(memory -> memory.add(recompiler.refused()));
                Compilers both = new Compilers(interpreters, compilers);
                new ArchiveRepair(options, journal, both, memberProofs(index), tally).write(members);
            }
            run.setTimes(plan);
            run.updateRecords();
            run.conclude();
        } catch (Error broken) {
            journal.interrupt();
            throw broken;
        } finally {
            journal.close(tally);
        }
    }

    private static MemberProofs memberProofs(IndexUpdate index) {
        return new MemberProofs() {
            @Override
            public void proven(PathEntry entry, ProvenPair pair) {
                index.addProof(entry, pair);
            }

            @Override
            public void refuted(PathEntry entry, ProvenPair pair, boolean believed) {
                index.addRefuted(entry, pair, believed);
            }
        };
    }

    private PlanRules rules(List<PathEntry> entries) {
        return new PlanRules(
                options, records, profiled(entries, entry -> !(entry instanceof PathEntry.Archive)), reader);
    }

    /** The trees that the run covers. */
    private static List<RawPath> trees(List<PathEntry> entries) {
        return entries.stream()
                .map(entry -> entry instanceof PathEntry.Archive archive ? archive.file() : entry.path())
                .map(CanonicalPath::of)
                .toList();
    }

    private Refresh refresh() {
        return refresh(exchange.map(server -> aids().believing(server::vouches)).orElseGet(this::aids));
    }

    /** A refresh that does not believe the server. */
    private Refresh unaided() {
        return refresh(aids());
    }

    private RefreshAids aids() {
        return RefreshAids.of(manifests).counting(progress);
    }

    private Refresh refresh(RefreshAids aids) {
        IndexRules rules = new IndexRules(RacyWindow.DEFAULT, options.trustStamps(), true, true);
        return new Refresh(files, stores.index(), stores.proofs(), scan, rules, aids);
    }
}
