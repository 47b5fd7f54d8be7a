package dev.freshpyc.indexer.audit;

import dev.freshpyc.core.file.FileUser;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.judge.Forecast;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.progress.ProgressMeter.Progress;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.scan.TreeScanner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Judges all pycs below the entries of a path and sums up the verdicts. */
public final class Audit {

    private final Supplier<? extends TreeReader> files;
    private final AuditOptions options;
    private final ProgressMeter progress = new ProgressMeter();

    public Audit(Supplier<? extends TreeReader> files, AuditOptions options) {
        this.files = files;
        this.options = options;
    }

    /** How far {@link #run} is; any thread may ask. */
    public Progress progress() {
        return progress.now();
    }

    /** Judges all pycs below {@code entries}. Findings go to {@code sink} during the scan; returns a report for each entry. */
    public List<EntryReport> run(List<PathEntry> entries, FindingSink sink) throws InterruptedException {
        ReentrantLock turn = new ReentrantLock();
        FindingSink inTurn = findings -> {
            turn.lock();
            try {
                sink.accept(findings);
            } finally {
                turn.unlock();
            }
        };
        List<AuditVisitor> visitors = Collections.synchronizedList(new ArrayList<>());
        new TreeScanner(files, options.scan()).scan(entries, () -> {
            AuditVisitor visitor = new AuditVisitor(options, inTurn, progress);
            visitors.add(visitor);
            return visitor;
        });
        return sum(entries, visitors);
    }

    private List<EntryReport> sum(List<PathEntry> entries, List<AuditVisitor> visitors) {
        Map<PathEntry, EntryTally> sums = new TreeMap<>();
        entries.forEach(entry -> sums.put(entry, new EntryTally(entry)));
        visitors.forEach(visitor -> visitor.addTo(sums));
        return sums.values().stream()
                .map(tally -> tally.report(options.scan().zone()))
                .toList();
    }

    /**
     * How to judge, and which verdicts are findings.
     *
     * @param judges makes a judge for each worker
     * @param all whether fresh files are findings as well
     * @param user for whom the pycs must be readable; empty where nobody asks
     * @param forecast turns the judges' verdicts into those that are reported
     * @param known which findings are counted as known, and not reported
     */
    public record AuditOptions(
            ScanOptions scan,
            Supplier<? extends Judge> judges,
            boolean all,
            Optional<FileUser> user,
            Forecast forecast,
            Predicate<Finding> known) {

        /** Options that ask for no user, predict nothing and report all findings. */
        public AuditOptions(ScanOptions scan, Supplier<? extends Judge> judges, boolean all) {
            this(scan, judges, all, Optional.empty(), Forecast.NONE, _ -> false);
        }
    }

    /** Receives findings during the scan: those of one directory at a time, from one worker at a time. */
    @FunctionalInterface
    public interface FindingSink {
        void accept(List<Finding> directory);
    }
}
