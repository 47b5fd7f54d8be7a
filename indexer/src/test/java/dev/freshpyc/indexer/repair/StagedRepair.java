package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.compile.CompileLimits;
import dev.freshpyc.indexer.compile.WorkerPool;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.RepairOptions.RecordPolicy;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.installer.InstallerRecords;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.repair.plan.PlanRules;
import dev.freshpyc.indexer.repair.plan.PlanStore;
import dev.freshpyc.indexer.repair.plan.RepairPlan;
import dev.freshpyc.indexer.repair.write.FileRewriter;
import dev.freshpyc.indexer.repair.write.Recompiler;
import dev.freshpyc.indexer.repair.write.RepairTransaction;
import dev.freshpyc.indexer.repair.write.WriterPool;
import dev.freshpyc.indexer.repair.write.WrittenFileSystems;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ProfiledSources;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.testing.TreeEdit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs a repair, and edits the tree at a chosen moment of the run. */
public record StagedRepair(Path directory, WriteMode write) {

    /** An empty code object of CPython 3.11, as marshal writes it. */
    private static byte[] body() {
        return HexFormat.of()
                .parseHex("e3000000000000000000000000000000000000000073040000000000000029002900290073000000"
                        + "007a033c6d3e7a016d7a016d0000000073000000007300000000");
    }

    /** A pyc whose header holds a source's mtime in seconds and its size in bytes. */
    public static byte[] bytecode(int mtime, int size) {
        byte[] body = body();
        return ByteBuffer.allocate(16 + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x0a0d0da7)
                .putInt(0)
                .putInt(mtime)
                .putInt(size)
                .put(body)
                .array();
    }

    /** The moment of a repair at which the tree is edited. */
    public enum Moment {
        /** Before the repair begins. */
        BEGINNING(0),
        /** After the plan is made, before the first write. */
        PLANNED(1),
        /** After the new files are written beside the old files, before the first rename. */
        PREPARED(2);

        private final int writer;

        Moment(int writer) {
            this.writer = writer;
        }
    }

    /** Repairs {@code lib} in the directory to hash-based headers, and makes the edit once, at {@code moment}. */
    public RepairSummary run(Moment moment, TreeEdit edit) throws IOException, InterruptedException {
        if (moment == Moment.BEGINNING) {
            edit.run();
        }
        OutcomeTally total = OutcomeTally.counting();
        WrittenFileSystems fileSystems = new WrittenFileSystems();
        int[] writersMade = {0};
        WriterPool pool = new WriterPool(
                1,
                () -> {
                    // One writer for each step: the first prepares the new files, the second renames them.
                    if (++writersMade[0] == moment.writer) {
                        edit.runUnchecked();
                    }
                    return new FileRewriter(Durability.NONE, fileSystems);
                },
                new ProgressMeter());
        JournalDirectory journals = new JournalDirectory(directory.resolve("undo"));
        try (PlanStore planned = new PlanStore(rules(), PlanStore.BATCH);
                Journal journal = journals.create(Instant.EPOCH);
                WorkerPool workers = WorkerPool.of(1, CompileLimits.DEFAULT)) {
            RepairPlan plan = plan(planned, total);
            Recompiler recompiler = new Recompiler(options(), plan.targets(), noCompilers(), workers, total);
            new RepairTransaction(options(), pool, journal, total, _ -> false, fileSystems)
                    .run(plan.batches().next().orElseThrow(), recompiler);
        }
        return total.summary();
    }

    private RepairPlan plan(PlanStore planned, OutcomeTally total) throws IOException, InterruptedException {
        IndexStore store = new ChronicleStore(directory.resolve("index"), StoreEvents.NONE);
        ScanOptions scan = ScanOptions.defaults().withWorkers(1);
        IndexRules rules = new IndexRules(RacyWindow.DEFAULT, true, true, true);
        PathEntry entry =
                new PathEntry.Directory(RawPath.of(directory.resolve("lib").toString()), 0);
        new Refresh(HostFiles.readers(), store, Optional.empty(), scan, rules)
                .scan(List.of(entry), () -> planned.collector(total));
        return planned.plan();
    }

    private PlanRules rules() {
        return new PlanRules(
                options(),
                new InstallerRecords(new ManifestEvidence(Optional.empty()), RecordPolicy.NAME),
                new ProfiledSources(Optional.empty(), List.of()),
                Optional.empty());
    }

    private RepairOptions options() {
        return options(TargetMode.CHECKED_HASH, write);
    }

    public static RepairOptions options(TargetMode mode, WriteMode write) {
        return new RepairOptions(
                new TargetHeader(mode, OptionalLong.empty()),
                Evidence.HEADER,
                false,
                write,
                Durability.NONE,
                HardLinks.REFUSE,
                false,
                Optional.empty(),
                true,
                Long.MAX_VALUE,
                RecordPolicy.NAME,
                Optional.empty());
    }

    /** A locator that finds no interpreter. */
    static InterpreterLocator noCompilers() {
        return InterpreterLocator.of(
                List.of(), Map.of(), List.of(), InterpreterProbe.within(InterpreterProbe.DEFAULT_LIMIT));
    }
}
