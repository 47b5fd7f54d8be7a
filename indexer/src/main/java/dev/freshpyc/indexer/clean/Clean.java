package dev.freshpyc.indexer.clean;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.progress.ProgressMeter.Progress;
import dev.freshpyc.indexer.repair.installer.InstallerRecords;
import dev.freshpyc.indexer.repair.installer.RecordForecast;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.outcome.CleanSummary;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.record.RemovedRecords;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ProfiledSources;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.scan.TreeScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Removes the pycs of path entries that no interpreter reads, while the scan finds them. */
public final class Clean {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Supplier<? extends TreeReader> files;
    private final IndexStore store;
    private final ScanOptions scan;
    private final CleanOptions options;
    private final PresentInterpreters interpreters;
    private final JournalDirectory journals;
    private final ManifestEvidence manifests;
    private final InstallerRecords records;
    private final int batch;
    private final ProgressMeter progress = new ProgressMeter();

    /**
     * A clean that has not begun.
     *
     * @param interpreters finds the interpreters that are there
     */
    public Clean(
            Supplier<? extends TreeReader> files,
            IndexStore store,
            ScanOptions scan,
            CleanOptions options,
            InterpreterLocator interpreters,
            JournalDirectory journals) {
        this(files, store, scan, options, interpreters, journals, RemovalCollector.BATCH);
    }

    /**
     * A clean that has not begun.
     *
     * @param batch how many pycs are removed in one go
     */
    public Clean(
            Supplier<? extends TreeReader> files,
            IndexStore store,
            ScanOptions scan,
            CleanOptions options,
            InterpreterLocator interpreters,
            JournalDirectory journals,
            int batch) {
        this.files = files;
        this.store = store;
        this.scan = scan;
        this.options = options;
        this.interpreters = new PresentInterpreters(options.expected(), interpreters);
        this.journals = journals;
        this.manifests = new ManifestEvidence(options.root());
        this.records = new InstallerRecords(manifests, options.records());
        this.batch = batch;
    }

    /** The manifests that this clean has asked. */
    public ManifestEvidence manifests() {
        return manifests;
    }

    /** How far the clean is; any thread may ask. */
    public Progress progress() {
        return progress.now();
    }

    /** What a clean would do, with the outcome of each file; writes nothing. */
    public CleanSummary plan(List<PathEntry> entries, Consumer<Outcome> outcomes) throws InterruptedException {
        OutcomeTally tally = OutcomeTally.forwardingTo(outcomes);
        RecordForecast forecast = new RecordForecast();
        look(entries, tally, () -> new PredictedRemovals(options.root(), tally, records, forecast));
        forecast.conclude(tally, /* mayBreakLinks= */ false);
        return tally.cleanSummary();
    }

    /**
     * Scans, removes, and updates the index. Several threads hand out the outcome of each file, one outcome at a time.
     *
     * @throws IOException when nothing could be removed: no journal could be written, or the disk was full before the first file
     */
    public CleanSummary run(List<PathEntry> entries, Consumer<Outcome> outcomes)
            throws IOException, InterruptedException {
        OutcomeTally tally = OutcomeTally.forwardingTo(outcomes);
        journals.trim(options.keepLimit());
        Journal journal = journals.createForClean(scan.clock().instant());
        try (RemovedRecords indexed = new RemovedRecords(store, entries, scan)) {
            journal.addTrees(
                    entries.stream().map(PathEntry::path).map(CanonicalPath::of).toList(), options.root());
            CleanRun run = new CleanRun(options.root(), journal, tally, indexed, records);
            look(entries, tally, () -> run);
            run.conclude(scan.clock().millis() * NANOS_PER_MILLI);
        } catch (Error broken) {
            journal.interrupt();
            throw broken;
        } finally {
            journal.close(tally);
        }
        return tally.cleanSummary();
    }

    private void look(List<PathEntry> entries, OutcomeTally tally, Supplier<RemovalCollector.Removals> sinks)
            throws InterruptedException {
        ProfiledSources sources = new ProfiledSources(options.profile(), entries);
        List<RemovalCollector> collectors = new ArrayList<>();
        new TreeScanner(files, scan).scan(entries, () -> {
            RemovalCollector collector =
                    new RemovalCollector(options, interpreters, records, sources, tally, progress, sinks.get(), batch);
            synchronized (collectors) {
                collectors.add(collector);
            }
            return collector;
        });
        collectors.forEach(RemovalCollector::finish);
    }
}
