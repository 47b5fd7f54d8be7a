package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.render.RefreshReport;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.prove.BodyProver;
import dev.freshpyc.indexer.prove.Compilers;
import dev.freshpyc.indexer.prove.ProofTally;
import dev.freshpyc.indexer.refresh.ChangedPaths;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.scan.EntryVisitor;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.watch.IndexKeeper;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Refreshes the entries of the service as {@code refresh} and {@code refresh --changed-from} do. One thread calls it. */
final class ServedRefresh implements IndexKeeper.Refresher {

    private static final IndexRules RULES = new IndexRules(RacyWindow.DEFAULT, true, true, true);

    private final IndexStore store;
    private final Optional<ProofStore> proofs;
    private final ScanOptions scan;
    private final List<PathEntry> entries;
    private final InterpreterQuestion question;
    private final PrintStream err;

    ServedRefresh(
            IndexStore store,
            Optional<ProofStore> proofs,
            ScanOptions scan,
            List<PathEntry> entries,
            InterpreterQuestion question,
            PrintStream err) {
        this.store = store;
        this.proofs = proofs;
        this.scan = scan;
        this.entries = entries;
        this.question = question;
        this.err = err;
    }

    @Override
    public void changed(List<RawPath> paths) throws InterruptedException {
        run(refresh -> refresh.run(entries, ChangedPaths.of(paths, entries)));
    }

    @Override
    public void whole() throws InterruptedException {
        run(refresh -> refresh.run(entries));
    }

    /** Prints a line at once. */
    void tell(String line) {
        err.println("freshpyc: " + line);
        err.flush();
    }

    @FunctionalInterface
    private interface Run {
        RefreshSummary of(Refresh refresh) throws InterruptedException;
    }

    private void run(Run run) throws InterruptedException {
        try (Compilers compilers = Compilers.of(question.compilers(entries), scan.workers())) {
            ProofTally tally = new ProofTally();
            RefreshSummary summary = run.of(new Refresh(
                    HostFiles.readers(),
                    store,
                    proofs,
                    scan,
                    RULES,
                    new ManifestEvidence(Optional.empty()),
                    () -> new BodyProver(BodyProver.Scope.REPLACED, compilers, tally),
                    new ProgressMeter(),
                    EntryVisitor.NONE));
            RefreshReport.complain(summary, err);
            err.flush();
        } catch (IllegalStateException broken) {
            tell("a refresh broke off and is tried again: " + Defect.describe(broken));
        }
    }
}
