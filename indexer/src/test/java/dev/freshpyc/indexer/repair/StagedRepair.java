package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
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
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.repair.plan.PlanCollector;
import dev.freshpyc.indexer.repair.plan.RepairPlan;
import dev.freshpyc.indexer.repair.write.FileRewriter;
import dev.freshpyc.indexer.repair.write.Recompiler;
import dev.freshpyc.indexer.repair.write.RepairTransaction;
import dev.freshpyc.indexer.repair.write.WriterPool;
import dev.freshpyc.indexer.repair.write.WrittenFileSystems;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A repair that waits at its turns, where a test does something to the tree. */
public record StagedRepair(Path directory, WriteMode write) {

    /** What marshal makes of a code object of CPython 3.11 with nothing in it. */
    private static byte[] body() {
        return HexFormat.of()
                .parseHex("e3000000000000000000000000000000000000000073040000000000000029002900290073000000"
                        + "007a016d7a016d7a016d0000000073000000007300000000");
    }

    /** A file with that body, of a source with that mtime in seconds and that size in bytes. */
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

    /** Where a repair is when something happens. */
    public enum Moment {
        /** It has not begun. */
        BEGINNING(0),
        /** It has looked at everything and written nothing. */
        LOOKED(1),
        /** The new files lie beside the old ones. */
        PREPARED(2);

        private final int writer;

        Moment(int writer) {
            this.writer = writer;
        }
    }

    /** What happens. */
    public interface Deed {
        void run() throws IOException, InterruptedException;
    }

    /** Repairs {@code lib} below the directory, for hash-based headers; the deed is done once, at its moment. */
    public RepairSummary run(Moment moment, Deed deed) throws IOException, InterruptedException {
        if (moment == Moment.BEGINNING) {
            deed.run();
        }
        OutcomeTally total = OutcomeTally.counting();
        RepairPlan work = plan(total);
        WrittenFileSystems fileSystems = new WrittenFileSystems();
        int[] writers = {0};
        WriterPool crew = new WriterPool(
                1,
                () -> {
                    // One worker for each step: the first makes ready, the second commits.
                    if (++writers[0] == moment.writer) {
                        perform(deed);
                    }
                    return new FileRewriter(Durability.NONE, fileSystems);
                },
                new ProgressMeter());
        JournalDirectory journals = new JournalDirectory(directory.resolve("undo"));
        try (Journal journal = journals.create(Instant.EPOCH);
                WorkerPool workers = WorkerPool.of(1, CompileLimits.DEFAULT)) {
            Recompiler recompiler = new Recompiler(options(), compilers(), workers, total);
            new RepairTransaction(options(), crew, journal, total, fileSystems).run(work, recompiler);
        }
        return total.summary();
    }

    private RepairPlan plan(OutcomeTally total) throws InterruptedException {
        IndexStore store = new ChronicleStore(directory.resolve("index"), StoreEvents.NONE);
        ScanOptions scan = ScanOptions.defaults().withWorkers(1);
        IndexRules rules = new IndexRules(RacyWindow.DEFAULT, true, true, true);
        List<PlanCollector> plans = Collections.synchronizedList(new ArrayList<>());
        PathEntry entry =
                new PathEntry.Directory(RawPath.of(directory.resolve("lib").toString()), 0);
        new Refresh(HostFiles.readers(), store, scan, rules).look(List.of(entry), () -> {
            PlanCollector planning = new PlanCollector(options(), total, new ManifestEvidence(Optional.empty()));
            plans.add(planning);
            return planning;
        });
        return RepairPlan.of(plans);
    }

    private RepairOptions options() {
        return options(TargetMode.CHECKED_HASH, write);
    }

    public static RepairOptions options(TargetMode mode, WriteMode write) {
        return new RepairOptions(
                new TargetHeader(mode, OptionalLong.empty()),
                false,
                false,
                write,
                Durability.NONE,
                HardLinks.REFUSE,
                false,
                Optional.empty(),
                true,
                Long.MAX_VALUE);
    }

    /** None at all. */
    static InterpreterLocator compilers() {
        return InterpreterLocator.of(
                List.of(), Map.of(), List.of(), InterpreterProbe.within(InterpreterProbe.DEFAULT_LIMIT));
    }

    private static void perform(Deed deed) {
        try {
            deed.run();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
