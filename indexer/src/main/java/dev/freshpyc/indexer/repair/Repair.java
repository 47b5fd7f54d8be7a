package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.compile.CompileLimits;
import dev.freshpyc.indexer.compile.WorkerPool;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.index.Refresh;
import dev.freshpyc.indexer.index.RefreshSummary;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.progress.ProgressMeter.Progress;
import dev.freshpyc.indexer.repair.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.compile.Recompiler;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.plan.FileChange;
import dev.freshpyc.indexer.repair.plan.ManifestEvidence;
import dev.freshpyc.indexer.repair.plan.PlanCollector;
import dev.freshpyc.indexer.repair.plan.RepairPlan;
import dev.freshpyc.indexer.repair.plan.SourceTimeChange;
import dev.freshpyc.indexer.repair.record.IndexUpdate;
import dev.freshpyc.indexer.repair.write.PycWriter;
import dev.freshpyc.indexer.repair.write.SourceTimeWriter;
import dev.freshpyc.indexer.repair.write.WriteTransaction;
import dev.freshpyc.indexer.repair.write.WriterPool;
import dev.freshpyc.indexer.repair.write.WrittenFileSystems;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Makes every bytecode file of a path one that its interpreter loads and that is its source's. */
public final class Repair {

    private final Supplier<? extends TreeReader> files;
    private final IndexStore store;
    private final ScanOptions scan;
    private final RepairOptions options;
    private final InterpreterLocator compilers;
    private final JournalDirectory journals;
    private final ProgressMeter progress = new ProgressMeter();

    /**
     * A repair that has not begun.
     *
     * @param compilers finds the interpreters for what has to be compiled
     */
    public Repair(
            Supplier<? extends TreeReader> files,
            IndexStore store,
            ScanOptions scan,
            RepairOptions options,
            InterpreterLocator compilers,
            JournalDirectory journals) {
        this.files = files;
        this.store = store;
        this.scan = scan;
        this.options = options;
        this.compilers = compilers;
        this.journals = journals;
    }

    /** How far the repair is; to be read by any thread. */
    public Progress progress() {
        return progress.now();
    }

    /** What a repair would do; writes nothing at all. */
    public RepairSummary plan(List<PathEntry> entries) throws InterruptedException {
        OutcomeCollector total = new OutcomeCollector();
        ManifestEvidence vouching = new ManifestEvidence(options.root());
        List<PlanCollector> plans = Collections.synchronizedList(new ArrayList<>());
        refresh().look(entries, () -> planning(total, vouching, plans));
        for (PlanCollector plan : plans) {
            total.addSeen(plan.seen());
            plan.changes().forEach(_ -> total.addRestamped());
            plan.recompilations().forEach(_ -> total.addRecompiled());
            plan.times().forEach(_ -> total.addSourceTime());
        }
        return total.summary();
    }

    /**
     * Looks, writes, and tells the index.
     *
     * @throws IOException when nothing could be written: the journal, or for want of room any file
     */
    public RepairSummary run(List<PathEntry> entries) throws IOException, InterruptedException {
        OutcomeCollector total = new OutcomeCollector();
        ManifestEvidence vouching = new ManifestEvidence(options.root());
        List<PlanCollector> plans = Collections.synchronizedList(new ArrayList<>());
        journals.trim(options.keepLimit());
        RefreshSummary looked = refresh().run(entries, () -> planning(total, vouching, plans));
        looked.troubles().forEach(total::addTrouble);
        plans.forEach(plan -> total.addSeen(plan.seen()));
        RepairPlan work = RepairPlan.of(plans);
        if (!work.isEmpty()) {
            write(work, total);
        }
        return total.summary();
    }

    private void write(RepairPlan work, OutcomeCollector total) throws IOException, InterruptedException {
        WrittenFileSystems fileSystems = new WrittenFileSystems();
        WriterPool crew =
                new WriterPool(scan.workers(), () -> new PycWriter(options.durability(), fileSystems), progress);
        Journal journal = journals.create(scan.clock().instant());
        try {
            List<FileChange> right = new ArrayList<>();
            try (WorkerPool workers = WorkerPool.of(scan.workers(), CompileLimits.DEFAULT)) {
                Recompiler recompiler = new Recompiler(options, compilers, workers, total);
                right.addAll(new WriteTransaction(options, crew, journal, total, fileSystems).run(work, recompiler));
                right.addAll(recompiler.confirmed());
            }
            List<SourceTimeChange> times =
                    new SourceTimeWriter(crew, journal, total, options.durability()).set(work.timesAfter(right));
            conclude(crew, fileSystems, right, times, total);
        } finally {
            close(journal, total);
        }
    }

    /** Makes what was done last, and tells the index of it. */
    private void conclude(
            WriterPool crew,
            WrittenFileSystems fileSystems,
            List<FileChange> right,
            List<SourceTimeChange> times,
            OutcomeCollector total)
            throws InterruptedException {
        Thread forcing = Thread.ofPlatform().name("force").start(() -> force(crew, fileSystems, total));
        try {
            new IndexUpdate(store, options, crew, scan.clock()).tell(right, times);
        } catch (IOException refused) {
            total.addTrouble("the index was not told what was repaired: " + refused.getMessage());
        } finally {
            forcing.join();
        }
    }

    /**
     * Beside the index's being told: what it says is true of the files as they are, and a file that a crash takes back has
     * another stamp, so that it is read again.
     */
    private void force(WriterPool crew, WrittenFileSystems fileSystems, OutcomeCollector total) {
        if (options.durability() == Durability.NONE) {
            return;
        }
        try {
            fileSystems.force(crew, total);
        } catch (IOException refused) {
            total.addTrouble("what was repaired may not outlive a crash: " + refused.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was repaired is repaired, whatever becomes of the journal's name. */
    private static void close(Journal journal, OutcomeCollector total) {
        try {
            journal.close();
        } catch (IOException refused) {
            total.addTrouble("the journal was not finished: " + refused.getMessage());
        }
    }

    private PlanCollector planning(OutcomeCollector total, ManifestEvidence vouching, List<PlanCollector> plans) {
        PlanCollector planning = new PlanCollector(options, total, vouching);
        plans.add(planning);
        return planning;
    }

    private Refresh refresh() {
        return new Refresh(files, store, scan, new IndexRules(RacyWindow.DEFAULT, true, true, true), progress);
    }
}
