package dev.freshpyc.cli.oracle;

import dev.freshpyc.cli.repair.QuickOptions;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.repair.Repair;
import dev.freshpyc.indexer.repair.RepairStores;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tree with its index. The clock of the program is one hour ahead, so that every stamp is settled and no test has to
 * sleep.
 */
record RepairedTree(Path root, Path state, List<Interpreter> interpreters) {

    void refresh() throws InterruptedException {
        new Refresh(
                        HostFiles.readers(),
                        store(),
                        Optional.empty(),
                        scan(),
                        new IndexRules(RacyWindow.DEFAULT, true, true, true))
                .run(entries());
    }

    RepairSummary repair(TargetMode mode, boolean setSourceTimes) throws IOException, InterruptedException {
        RepairOptions options = QuickOptions.of(mode, setSourceTimes, RepairOptions.WriteMode.REPLACE);
        List<String> executables = interpreters.stream()
                .map(python -> python.executable().toString())
                .toList();
        InterpreterLocator compilers = InterpreterLocator.of(
                executables,
                Map.of("PATH", String.valueOf(System.getenv("PATH"))),
                List.of(root),
                dev.freshpyc.indexer.environment.InterpreterProbe.within(
                        dev.freshpyc.indexer.environment.InterpreterProbe.DEFAULT_LIMIT));
        return new Repair(
                        HostFiles.readers(),
                        new RepairStores(store(), Optional.empty(), new JournalDirectory(state.resolve("undo"))),
                        scan(),
                        options,
                        compilers)
                .run(entries());
    }

    /** Sets every mtime to 0, as an ostree commit does. */
    void zeroTimes() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile).forEach(file -> setTime(file, FileTime.fromMillis(0)));
        }
    }

    static void setTime(Path file, FileTime time) {
        try {
            Files.setLastModifiedTime(file, time);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private IndexStore store() {
        return new ChronicleStore(state.resolve("index"), StoreEvents.NONE);
    }

    private List<PathEntry> entries() {
        return List.of(new PathEntry.Directory(RawPath.of(root.toString()), 0));
    }

    private static ScanOptions scan() {
        InstantSource later = () -> InstantSource.system().instant().plus(Duration.ofHours(1));
        return new ScanOptions(2, Optional.empty(), List.of(), Exclusions.NONE, Optional.empty(), later);
    }
}
