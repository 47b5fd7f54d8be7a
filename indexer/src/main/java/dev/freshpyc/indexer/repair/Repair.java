package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.files.FileAccess;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.index.Refresh;
import dev.freshpyc.indexer.index.RefreshSummary;
import dev.freshpyc.indexer.scan.ScanEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Makes every bytecode file of a path one that its interpreter loads and that is its source's. */
public final class Repair {

    private final Supplier<? extends FileAccess> files;
    private final IndexStore store;
    private final ScanOptions scan;
    private final RepairOptions options;
    private final JournalDirectory journals;

    public Repair(
            Supplier<? extends FileAccess> files,
            IndexStore store,
            ScanOptions scan,
            RepairOptions options,
            JournalDirectory journals) {
        this.files = files;
        this.store = store;
        this.scan = scan;
        this.options = options;
        this.journals = journals;
    }

    /** What a repair would do; writes nothing at all. */
    public RepairSummary plan(List<ScanEntry> entries) throws InterruptedException {
        RepairTotal total = new RepairTotal();
        List<Planning> plans = Collections.synchronizedList(new ArrayList<>());
        refresh().look(entries, () -> planning(total, plans));
        for (Planning plan : plans) {
            total.addSeen(plan.seen());
            plan.changes().forEach(_ -> total.addRestamped());
            plan.recompilations().forEach(_ -> total.addRecompiled());
        }
        return total.summary();
    }

    /**
     * Looks, writes, and tells the index.
     *
     * @throws IOException when nothing could be written: the journal, or for want of room any file
     */
    public RepairSummary run(List<ScanEntry> entries) throws IOException, InterruptedException {
        RepairTotal total = new RepairTotal();
        List<Planning> plans = Collections.synchronizedList(new ArrayList<>());
        RefreshSummary looked = refresh().run(entries, () -> planning(total, plans));
        looked.troubles().forEach(total::addTrouble);
        List<Change> changes = new ArrayList<>();
        for (Planning plan : plans) {
            total.addSeen(plan.seen());
            changes.addAll(plan.changes());
        }
        if (!changes.isEmpty()) {
            changes.sort(Crew.byDirectory(change -> change));
            write(changes, total);
        }
        return total.summary();
    }

    private void write(List<Change> changes, RepairTotal total) throws IOException, InterruptedException {
        Crew crew = new Crew(scan.workers(), () -> new Rewriter(options.durability()));
        List<Change> made;
        try (Journal journal = journals.create(scan.clock().instant())) {
            made = new Batch(options, crew, journal, total).run(changes);
        }
        new Remembering(store, options, crew, scan.clock()).tell(made);
    }

    private Planning planning(RepairTotal total, List<Planning> plans) {
        Planning planning = new Planning(options, total);
        plans.add(planning);
        return planning;
    }

    private Refresh refresh() {
        return new Refresh(files, store, scan, new IndexRules(RacyWindow.DEFAULT, true, true, true));
    }
}
