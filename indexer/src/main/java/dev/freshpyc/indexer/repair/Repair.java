package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.compile.CompileLimits;
import dev.freshpyc.indexer.compile.WorkerPool;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.progress.ProgressMeter.Progress;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.repair.plan.PlanCollector;
import dev.freshpyc.indexer.repair.plan.RepairPlan;
import dev.freshpyc.indexer.repair.record.IndexUpdate;
import dev.freshpyc.indexer.repair.write.DiskSync;
import dev.freshpyc.indexer.repair.write.FileRewriter;
import dev.freshpyc.indexer.repair.write.Recompiler;
import dev.freshpyc.indexer.repair.write.RepairTransaction;
import dev.freshpyc.indexer.repair.write.SourceTimeSetter;
import dev.freshpyc.indexer.repair.write.WriterPool;
import dev.freshpyc.indexer.repair.write.WrittenChange;
import dev.freshpyc.indexer.repair.write.WrittenFileSystems;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Repairs the pycs of path entries. */
public final class Repair {

    private final Supplier<? extends TreeReader> files;
    private final IndexStore store;
    private final ScanOptions scan;
    private final RepairOptions options;
    private final InterpreterLocator interpreters;
    private final JournalDirectory journals;
    private final ManifestEvidence manifests;
    private final ProgressMeter progress = new ProgressMeter();

    /**
     * A repair that has not begun.
     *
     * @param interpreters finds the interpreters of the pycs that have to be compiled
     */
    public Repair(
            Supplier<? extends TreeReader> files,
            IndexStore store,
            ScanOptions scan,
            RepairOptions options,
            InterpreterLocator interpreters,
            JournalDirectory journals) {
        this.files = files;
        this.store = store;
        this.scan = scan;
        this.options = options;
        this.interpreters = interpreters;
        this.journals = journals;
        this.manifests = new ManifestEvidence(options.root());
    }

    /** The manifests that this repair has asked. */
    public ManifestEvidence manifests() {
        return manifests;
    }

    /** How far the repair is; any thread may ask. */
    public Progress progress() {
        return progress.now();
    }

    /** What a repair would do; writes nothing. */
    public RepairSummary plan(List<PathEntry> entries) throws InterruptedException {
        return plan(entries, OutcomeTally.counting());
    }

    /** What a repair would do, with a planned outcome for each file; writes nothing. */
    public RepairSummary plan(List<PathEntry> entries, Consumer<Outcome> outcomes) throws InterruptedException {
        return plan(entries, OutcomeTally.forwardingTo(outcomes));
    }

    /**
     * Looks, writes, and updates the index.
     *
     * @throws IOException when nothing could be written: no journal, or for want of room no file
     */
    public RepairSummary run(List<PathEntry> entries) throws IOException, InterruptedException {
        return run(entries, OutcomeTally.counting());
    }

    /**
     * Looks, writes, and updates the index. Hands out the outcome of each file, one at a time, from several threads.
     *
     * @throws IOException when nothing could be written: no journal, or for want of room no file
     */
    public RepairSummary run(List<PathEntry> entries, Consumer<Outcome> outcomes)
            throws IOException, InterruptedException {
        return run(entries, OutcomeTally.forwardingTo(outcomes));
    }

    private RepairSummary plan(List<PathEntry> entries, OutcomeTally tally) throws InterruptedException {
        List<PlanCollector> collectors = Collections.synchronizedList(new ArrayList<>());
        refresh().look(entries, () -> collector(tally, collectors));
        collectors.forEach(collector -> tally.addSeen(collector.seen()));
        RepairPlan plan = RepairPlan.of(collectors, options.target());
        new Prediction(options, interpreters, this::isPackaged).of(plan).forEach(tally::add);
        return tally.summary();
    }

    private RepairSummary run(List<PathEntry> entries, OutcomeTally tally) throws IOException, InterruptedException {
        List<PlanCollector> collectors = Collections.synchronizedList(new ArrayList<>());
        journals.trim(options.keepLimit());
        RefreshSummary refreshed = refresh().run(entries, () -> collector(tally, collectors));
        refreshed.problems().forEach(tally::addProblem);
        collectors.forEach(collector -> tally.addSeen(collector.seen()));
        RepairPlan plan = RepairPlan.of(collectors, options.target());
        if (plan.isEmpty()) {
            journals.noteUnchanged(scan.clock().instant());
        } else {
            write(entries, plan, tally);
        }
        return tally.summary();
    }

    private void write(List<PathEntry> entries, RepairPlan plan, OutcomeTally tally)
            throws IOException, InterruptedException {
        locateInterpreters(plan);
        WrittenFileSystems fileSystems = new WrittenFileSystems();
        WriterPool writers = new WriterPool(
                scan.workers(), () -> new FileRewriter(options.durability(), fileSystems, options.root()), progress);
        Journal journal = journals.create(scan.clock().instant());
        try {
            journal.addTrees(trees(entries));
            List<WrittenChange> right = new ArrayList<>();
            try (WorkerPool compilers = WorkerPool.of(scan.workers(), CompileLimits.DEFAULT)) {
                Recompiler recompiler = new Recompiler(options, plan.targets(), interpreters, compilers, tally);
                right.addAll(new RepairTransaction(options, writers, journal, tally, this::isPackaged, fileSystems)
                        .run(plan, recompiler));
                right.addAll(recompiler.confirmed());
            }
            List<FilePlace> places =
                    right.stream().map(written -> written.change().place()).toList();
            List<SourceTimeChange> times =
                    new SourceTimeSetter(writers, journal, tally, options.durability()).set(plan.timesAfter(places));
            conclude(new DiskSync(writers, tally, fileSystems), writers, right, times, tally);
        } finally {
            close(journal, tally);
        }
    }

    /** Whether a package's manifest lists a digest of a pyc, so that a verification of the package reports a change. */
    private boolean isPackaged(FilePlace place) {
        return manifests.lists(place.entry(), place.pyc());
    }

    /** The trees that the run looks at. */
    private static List<RawPath> trees(List<PathEntry> entries) {
        return entries.stream().map(PathEntry::path).map(CanonicalPath::of).toList();
    }

    /** Looks for all interpreters while no file is open: starting a program takes as many descriptors as writing a file. */
    private void locateInterpreters(RepairPlan plan) {
        plan.recompilations().stream().map(Recompilation::compiler).distinct().forEach(interpreters::find);
    }

    /** Waits for the disk and updates the index, side by side. */
    private void conclude(
            DiskSync sync,
            WriterPool writers,
            List<WrittenChange> right,
            List<SourceTimeChange> times,
            OutcomeTally tally)
            throws InterruptedException {
        Thread syncing = Thread.ofPlatform().name("sync").start(() -> sync(sync, tally));
        try {
            new IndexUpdate(store, options, writers, scan).run(right, times);
        } catch (IOException refused) {
            tally.addProblem("the index could not be updated after the repair: " + refused.getMessage());
        } finally {
            syncing.join();
        }
    }

    /**
     * Waits until everything is on the disk. The index may be published before: it describes the files as they are, and a file
     * that a crash takes back has another stamp, so that the file is read again.
     */
    private void sync(DiskSync sync, OutcomeTally tally) {
        if (options.durability() == Durability.NONE) {
            return;
        }
        try {
            sync.syncAll();
        } catch (IOException refused) {
            tally.addProblem("a crash may lose the repaired files: " + refused.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the journal; a failure is a problem and no exception, since the files are repaired. */
    private static void close(Journal journal, OutcomeTally tally) {
        try {
            journal.close();
        } catch (IOException refused) {
            tally.addProblem("the journal could not be completed: " + refused.getMessage());
        }
    }

    private PlanCollector collector(OutcomeTally tally, List<PlanCollector> collectors) {
        PlanCollector collector = new PlanCollector(options, tally);
        collectors.add(collector);
        return collector;
    }

    private Refresh refresh() {
        return new Refresh(
                files,
                store,
                scan,
                new IndexRules(RacyWindow.DEFAULT, options.trustStamps(), true, true),
                manifests,
                () -> RecordEnricher.NONE,
                progress);
    }
}
