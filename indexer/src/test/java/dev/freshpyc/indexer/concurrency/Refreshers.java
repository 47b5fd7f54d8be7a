package dev.freshpyc.indexer.concurrency;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Refreshes one path entry again and again; any error ends the process. */
final class Refreshers {

    private static final IndexRules RULES = new IndexRules(RacyWindow.DEFAULT, true, true, true);

    private Refreshers() {}

    /** Refreshes until the process is killed. Arguments: the index directory, the path entry, the number of threads. */
    public static void main(String[] args) {
        IndexStore store = new ChronicleStore(Path.of(args[0]), new FailOnEvent());
        PathEntry entry = entry(Path.of(args[1]));
        IntStream.range(0, Integer.parseInt(args[2]))
                .forEach(_ -> new Thread(() -> refreshForever(store, entry)).start());
        System.out.println("refreshing");
    }

    /** Refreshes once and fails on any problem; a file that vanishes during the refresh is no problem. */
    static void refresh(IndexStore store, PathEntry entry, InstantSource clock) throws InterruptedException {
        ScanOptions options = new ScanOptions(1, Optional.empty(), List.of(), Exclusions.NONE, Optional.empty(), clock);
        RefreshSummary summary =
                new Refresh(HostFiles.readers(), store, Optional.empty(), options, RULES).run(List.of(entry));
        if (!summary.problems().isEmpty()) {
            throw new AssertionError(summary.toString());
        }
    }

    static PathEntry entry(Path root) {
        return new PathEntry.Directory(CanonicalPath.of(RawPath.of(root.toString())), 0);
    }

    private static void refreshForever(IndexStore store, PathEntry entry) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                refresh(store, entry, InstantSource.system());
            }
        } catch (Throwable failed) {
            failed.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    /** Fails on every event of the store. */
    static final class FailOnEvent implements StoreEvents {

        @Override
        public void setAside(Path file, String expected, String found) {
            throw new AssertionError(file + " was set aside: expected " + expected + ", found " + found);
        }

        @Override
        public void leftInPlace(Path file, String expected, String found, String why) {
            throw new AssertionError(file + " is damaged: expected " + expected + ", found " + found);
        }

        @Override
        public void newer(Path file, String found) {
            throw new AssertionError(file + " is newer: " + found);
        }

        @Override
        public void distrusted(Path file, String why) {
            throw new AssertionError(file + " was not believed: " + why);
        }
    }
}
