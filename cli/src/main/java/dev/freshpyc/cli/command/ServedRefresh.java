package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CauseText;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.render.ChangeLines;
import dev.freshpyc.cli.render.RefreshReport;
import dev.freshpyc.cli.serve.RefreshRun;
import dev.freshpyc.cli.serve.ServedEntries;
import dev.freshpyc.cli.serve.ServiceMeters;
import dev.freshpyc.cli.serve.VerdictChanges;
import dev.freshpyc.cli.serve.VerdictEvents;
import dev.freshpyc.cli.serve.VerdictHistory;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.prove.BodyProver;
import dev.freshpyc.indexer.prove.Compilers;
import dev.freshpyc.indexer.prove.ProofTally;
import dev.freshpyc.indexer.refresh.ChangedPaths;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.refresh.RefreshAids;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.refresh.SecondLook;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.watch.IndexKeeper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Refreshes the entries of the service as {@code refresh} and {@code refresh --changed-from} do. Thread-safe; one refresh runs at a time.
 */
final class ServedRefresh implements IndexKeeper.Refresher, RefreshRun {

    private static final IndexRules RULES = new IndexRules(RacyWindow.DEFAULT, true, true, true);

    private final ServedEntries served;
    private final Optional<ProofStore> proofs;
    private final ScanOptions scan;
    private final List<PathEntry> entries;
    private final InterpreterQuestion question;
    private final ServiceMeters meters;
    private final VerdictEvents events;
    private final VerdictHistory history;
    private final Optional<AutoRepair> repair;
    private final PrintStream err;
    private final ChangeLines lines = new ChangeLines();
    private final ReentrantLock running = new ReentrantLock();
    private final SecondLook secondLook;

    /** Finds files that should be judged again. */
    private interface Again {
        List<RawPath> find() throws IOException;
    }

    ServedRefresh(
            ServedEntries served,
            Optional<ProofStore> proofs,
            ScanOptions scan,
            List<PathEntry> entries,
            InterpreterQuestion question,
            ServiceMeters meters,
            VerdictEvents events,
            VerdictHistory history,
            Optional<AutoRepair> repair,
            PrintStream err) {
        this.served = served;
        this.proofs = proofs;
        this.scan = scan;
        this.entries = entries;
        this.question = question;
        this.meters = meters;
        this.events = events;
        this.history = history;
        this.repair = repair;
        this.err = err;
        this.secondLook = new SecondLook(served.store(), entries, scan, proofs);
    }

    @Override
    public void changed(List<RawPath> paths) throws InterruptedException {
        run(Optional.of(paths));
    }

    @Override
    public List<RawPath> whole() throws InterruptedException {
        run(Optional.empty());
        return again(secondLook::unsettled);
    }

    @Override
    public Optional<RefreshSummary> run(Optional<List<RawPath>> paths) throws InterruptedException {
        running.lockInterruptibly();
        try {
            Optional<RefreshSummary> summary = refreshAndMeasure(paths);
            List<RawPath> provable = again(secondLook::provable);
            if (!provable.isEmpty()) {
                refreshAndMeasure(Optional.of(provable));
            }
            return summary;
        } finally {
            running.unlock();
        }
    }

    private Optional<RefreshSummary> refreshAndMeasure(Optional<List<RawPath>> paths) throws InterruptedException {
        long begun = System.nanoTime();
        Optional<RefreshSummary> summary = refresh(paths);
        String outcome = summary.map(counts -> counts.isComplete() ? "complete" : "incomplete")
                .orElse("failed");
        meters.refreshed(paths.isPresent() ? "changed" : "whole", outcome, System.nanoTime() - begun);
        return summary;
    }

    /** The files that should be judged again; none where an index cannot be read, which the next refresh tries again. */
    private List<RawPath> again(Again sources) {
        try {
            return sources.find();
        } catch (IOException unreadable) {
            tell("an index cannot be read, so the next refresh looks at young files again: "
                    + CauseText.withFile(unreadable));
            return List.of();
        }
    }

    /** Prints a line at once. */
    void tell(String line) {
        err.println("freshpyc: " + line);
        err.flush();
    }

    private Optional<RefreshSummary> refresh(Optional<List<RawPath>> paths) throws InterruptedException {
        try (Compilers compilers = Compilers.of(question.compilers(entries), scan.workers())) {
            ProofTally tally = new ProofTally();
            Refresh refresh = new Refresh(
                    HostFiles.readers(),
                    served.store(),
                    proofs,
                    scan,
                    RULES,
                    RefreshAids.of(new ManifestEvidence(Optional.empty()))
                            .proving(() -> new BodyProver(BodyProver.Scope.REPLACED, compilers, tally)));
            RefreshSummary summary = paths.isPresent() ? changed(refresh, paths.get()) : whole(refresh);
            if (repair.isPresent()) {
                repair(repair.get(), summary);
            }
            history.sample();
            RefreshReport.complain(summary, err);
            err.flush();
            return Optional.of(summary);
        } catch (IOException | UncheckedIOException | IllegalStateException broken) {
            tell("a refresh broke off and is tried again: " + Defect.describe(broken));
            return Optional.empty();
        }
    }

    /** Runs a repair, and reports a failure: the next refresh tries again. */
    private void repair(AutoRepair wanted, RefreshSummary refreshed) throws InterruptedException {
        try {
            Optional<RepairSummary> done = wanted.after(refreshed);
            done.ifPresent(summary -> summary.problems().forEach(this::tell));
            done.filter(RepairSummary::changes)
                    .ifPresent(summary -> events.publish("repaired", lines.repaired(summary)));
        } catch (IOException refused) {
            tell("nothing was repaired: " + CauseText.withFile(refused));
        }
    }

    /** Refreshes changed files, and publishes an event for each pyc that has another verdict or is gone. */
    private RefreshSummary changed(Refresh refresh, List<RawPath> paths) throws IOException {
        try (VerdictChanges changes = new VerdictChanges(served, events)) {
            ChangedPaths changed = ChangedPaths.of(paths, entries, scan.pycachePrefix());
            RefreshSummary summary = refresh.run(entries, changed, changes);
            changes.findVanished(entries, changed);
            return summary;
        }
    }

    /** Refreshes all entries, and publishes the counts alone: the refresh does not see pycs in unchanged directories. */
    private RefreshSummary whole(Refresh refresh) throws InterruptedException {
        served.follow();
        RefreshSummary summary = refresh.run(entries);
        if (summary.changed() + summary.vanished() > 0) {
            events.publish("refreshed", lines.refreshed(summary));
        }
        return summary;
    }
}
