package dev.freshpyc.indexer.clean;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RemovalReason;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.Removal;
import dev.freshpyc.indexer.repair.installer.InstallerRecords;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ProfiledSources;
import dev.freshpyc.indexer.scan.ScanVisitor;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Selects the files to remove among those that one worker of the scan sees, and hands them on a few thousand at a time. */
final class RemovalCollector implements ScanVisitor {

    /** How many files are removed together. */
    static final int BATCH = 4096;

    private final CleanOptions options;
    private final PresentInterpreters interpreters;
    private final InstallerRecords records;
    private final ProfiledSources sources;
    private final OutcomeTally tally;
    private final ProgressMeter progress;
    private final Removals sink;
    private final int most;
    private List<Removal> selected = new ArrayList<>();
    private List<Removal> complete = new ArrayList<>();

    /** One file of each {@code __pycache__} of the directory that is being scanned. */
    private final Map<RawPath, Removal> caches = new LinkedHashMap<>();

    private long seen;

    /** Takes selected files. */
    @FunctionalInterface
    interface Removals {

        /**
         * Takes some files.
         *
         * @param files those of one directory come one after the other
         * @param caches one file of each {@code __pycache__} whose files have all been handed on
         */
        void take(List<Removal> files, List<Removal> caches);
    }

    RemovalCollector(
            CleanOptions options,
            PresentInterpreters interpreters,
            InstallerRecords records,
            ProfiledSources sources,
            OutcomeTally tally,
            ProgressMeter progress,
            Removals sink,
            int most) {
        this.options = options;
        this.interpreters = interpreters;
        this.records = records;
        this.sources = sources;
        this.tally = tally;
        this.progress = progress;
        this.sink = sink;
        this.most = most;
    }

    @Override
    public void saw(Sighting sighting) {
        if (!sighting.hasPyc()) {
            return;
        }
        seen++;
        Optional<RawPath> source = sighting.sourceKey();
        if (source.isPresent()) {
            options.selection()
                    .reason(
                            sighting.placement(),
                            sighting.sourceState(),
                            sighting.tag(),
                            sighting.level(),
                            tag -> interpreters.isThere(tag, sighting.entry(), source.get()),
                            () -> sources.excludes(sighting.entry(), source.get()))
                    .ifPresent(reason -> select(sighting, reason));
        }
    }

    /** Selects a file; one behind a link stays, since it may belong to another tree or to another source. */
    private void select(Sighting sighting, RemovalReason reason) {
        Optional<RawPath> link = sighting.pycBehindLink().or(sighting::cacheBehindLink);
        if (link.isPresent()) {
            boolean noFile = link.get().equals(RawPath.EMPTY);
            report(
                    sighting,
                    SkipReason.LINK,
                    "leads to " + (noFile ? "no file" : link.get().shown()));
            return;
        }
        Optional<FileStamp> stamp = sighting.pycStampNow();
        if (stamp.isEmpty()) {
            report(sighting, SkipReason.UNREADABLE, "not a regular file");
            return;
        }
        Optional<RawPath> record = records.keeper(sighting);
        if (record.isPresent()) {
            tally.add(sighting.outcome(new Effect.Kept(record.get())));
            return;
        }
        Removal removal = new Removal(FilePlace.of(sighting), stamp.get(), reason);
        selected.add(removal);
        if (removal.isInCache()) {
            caches.putIfAbsent(removal.place().directory(), removal);
        }
        if (selected.size() >= most) {
            flush();
        }
    }

    private void report(Sighting sighting, SkipReason why, String detail) {
        tally.add(sighting.outcome(new Effect.Failed(why, detail)));
    }

    @Override
    public void refused(PathEntry entry, RawPath directory, Errno errno) {
        if (!errno.isAbsence() || directory.equals(RawPath.EMPTY)) {
            tally.addProblem(entry.path().locate(directory).shown() + ": cannot be read (" + errno + ")");
        }
    }

    @Override
    public void finished(PathEntry entry, RawPath directory) {
        progress.step();
        complete.addAll(caches.values());
        caches.clear();
        if (complete.size() >= most) {
            flush();
        }
    }

    /** Hands on the remaining files. Call this when the worker has ended. */
    void finish() {
        flush();
        tally.addSeen(seen);
    }

    private void flush() {
        if (!selected.isEmpty() || !complete.isEmpty()) {
            sink.take(selected, complete);
            selected = new ArrayList<>();
            complete = new ArrayList<>();
        }
    }
}
