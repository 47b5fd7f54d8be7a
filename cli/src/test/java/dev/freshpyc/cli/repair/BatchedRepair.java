package dev.freshpyc.cli.repair;

import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.repair.Repair;
import dev.freshpyc.indexer.repair.RepairStores;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A repair of one tree that writes a chosen number of files at a time. */
record BatchedRepair(Path root, Path index, int batch, WriteMode write, TargetMode mode, boolean sourceTimes) {

    /** Runs a repair that halts, without any cleanup, right after it has written a given number of files. */
    public static void main(String[] words) throws Exception {
        AtomicInteger remaining = new AtomicInteger(Integer.parseInt(words[4]));
        BatchedRepair repair = new BatchedRepair(
                Path.of(words[0]),
                Path.of(words[1]),
                Integer.parseInt(words[2]),
                WriteMode.valueOf(words[3]),
                TargetMode.CHECKED_HASH,
                false);
        repair.repair().run(repair.entries(), _ -> {
            if (remaining.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(9);
            }
        });
    }

    /** Repairs in another process, which halts after it has written {@code files} files; returns whether it halted. */
    boolean isKilledAfter(int files) throws IOException, InterruptedException {
        return ProgramProcess.of(List.of(), BatchedRepair.class, root, index, batch, write, files)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor()
                == 9;
    }

    /** Repairs; {@code outcomes} gets the outcome of each file right after the file is written. */
    RepairSummary run(Consumer<Outcome> outcomes) throws IOException, InterruptedException {
        return repair().run(entries(), outcomes);
    }

    RepairSummary run() throws IOException, InterruptedException {
        return repair().run(entries());
    }

    /** The outcomes of a dry run, in the order of the paths. */
    List<Outcome> planned() throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        repair().plan(entries(), outcomes::add);
        outcomes.sort(Outcome.BY_PATH);
        return outcomes;
    }

    /** Repairs; returns the outcomes in the order of the paths. */
    List<Outcome> done() throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        repair().run(entries(), outcomes::add);
        outcomes.sort(Outcome.BY_PATH);
        return outcomes;
    }

    private List<PathEntry> entries() {
        return PathEntry.directories(List.of(RawPath.of(root.toString())));
    }

    private Repair repair() {
        RepairOptions options = QuickOptions.of(mode, sourceTimes, write);
        InterpreterLocator none = InterpreterLocator.of(
                List.of(), Map.of(), List.of(), InterpreterProbe.within(InterpreterProbe.DEFAULT_LIMIT));
        return new Repair(
                        HostFiles.readers(),
                        new RepairStores(
                                new ChronicleStore(index, StoreEvents.NONE),
                                Optional.empty(),
                                new JournalDirectory(index.resolve("undo"))),
                        ScanOptions.defaults().withWorkers(2),
                        options,
                        none)
                .inBatchesOf(batch);
    }
}
