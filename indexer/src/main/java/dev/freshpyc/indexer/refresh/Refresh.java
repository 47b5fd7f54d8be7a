package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.manifest.WantedFiles;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.proof.KnownProofs;
import dev.freshpyc.core.proof.ProofDraft;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation.Seals;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.index.IndexedJudge;
import dev.freshpyc.indexer.judge.HeaderJudge;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.judge.OutsideEvidence;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.progress.ProgressMeter.Progress;
import dev.freshpyc.indexer.refresh.RefreshTotal.EntryTotal;
import dev.freshpyc.indexer.refresh.RefreshVisitor.Refusal;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.scan.TreeScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Brings the indexes of a path up to date. */
public final class Refresh {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int MAX_ATTEMPTS = 10;

    private final Supplier<? extends TreeReader> files;
    private final IndexStore store;
    private final ScanOptions options;
    private final IndexRules rules;
    private final Optional<ProofStore> proofs;
    private final RefreshAids aids;

    /** A refresh of trees of this system, by their files and its manifests. */
    public Refresh(
            Supplier<? extends TreeReader> files,
            IndexStore store,
            Optional<ProofStore> proofs,
            ScanOptions options,
            IndexRules rules) {
        this(files, store, proofs, options, rules, RefreshAids.of(new ManifestEvidence(Optional.empty())));
    }

    /**
     * A refresh that has not begun.
     *
     * @param proofs gives proofs by content and takes those of the run; empty where nobody keeps them
     */
    public Refresh(
            Supplier<? extends TreeReader> files,
            IndexStore store,
            Optional<ProofStore> proofs,
            ScanOptions options,
            IndexRules rules,
            RefreshAids aids) {
        this.files = files;
        this.store = store;
        this.proofs = proofs;
        this.options = options;
        this.rules = rules;
        this.aids = aids;
    }

    /** How far a run is; any thread may ask. */
    public Progress progress() {
        return aids.progress().now();
    }

    /** Walks every entry whole. */
    public RefreshSummary run(List<PathEntry> entries) throws InterruptedException {
        long begun = now();
        Optional<ProofDraft> collected = proofDraft();
        boolean first =
                collected.map(ProofDraft::isFirst).orElse(false); // then the proofs of earlier runs are added too
        boolean bySeals = rules.trustStamps() && !first;
        try (Drafts drafts = new Drafts(store, entries, options, bySeals, collected)) {
            RefreshTotal total = scan(entries, drafts, bySeals, () -> new ProofCollector(drafts.proofs()));
            return publish(entries, drafts, total, begun);
        }
    }

    /**
     * Walks every entry and hands out the outcome of each pyc, even of unchanged files. The outcomes of a directory
     * come together and sorted by path, from one thread at a time.
     */
    public RefreshSummary run(List<PathEntry> entries, Consumer<Outcome> outcomes) throws InterruptedException {
        List<OutcomeReporter> reporters = Collections.synchronizedList(new ArrayList<>());
        RefreshSummary summary = run(entries, () -> {
            OutcomeReporter reporter = new OutcomeReporter(outcomes);
            reporters.add(reporter);
            return reporter;
        });
        reporters.forEach(OutcomeReporter::finish);
        return summary;
    }

    /** Walks every entry whole and shows each pyc to an enricher of its worker, also where no file has changed. */
    public RefreshSummary run(List<PathEntry> entries, Supplier<? extends RecordEnricher> enrichers)
            throws InterruptedException {
        long begun = now();
        try (Drafts drafts = new Drafts(store, entries, options, false, proofDraft())) {
            Supplier<RecordEnricher> all = () -> enrichers.get().then(new ProofCollector(drafts.proofs()));
            return publish(entries, drafts, scan(entries, drafts, false, all), begun);
        }
    }

    /** Walks every entry whole, shows each pyc to an enricher of its worker, and writes nothing. */
    public RefreshSummary scan(List<PathEntry> entries, Supplier<? extends RecordEnricher> enrichers)
            throws InterruptedException {
        try (Drafts drafts = new Drafts(store, entries, options, false, proofDraft())) {
            return scan(entries, drafts, false, enrichers).ofWalk(0, List.of());
        }
    }

    /** Shows the pycs of the paths that changed to an enricher, and writes nothing. */
    public RefreshSummary scan(List<PathEntry> entries, ChangedPaths changed, RecordEnricher enricher) {
        RefreshTotal total = new RefreshTotal();
        RefreshProblems problems = new RefreshProblems();
        for (PathEntry entry : changed.concerned(entries)) {
            problems.count(() -> {
                try (Drafts drafts = new Drafts(store, List.of(entry), options, false, proofDraft())) {
                    return scanChanged(entry, changed.directories(entry), drafts, total, enricher);
                }
            });
        }
        return total.ofChanges(0, problems.lines());
    }

    /** Refreshes the records of the paths that changed and no other, in time that grows with the number of these paths alone. */
    public RefreshSummary run(List<PathEntry> entries, ChangedPaths changed) {
        return run(entries, changed, _ -> {});
    }

    /** Refreshes the records of the paths that changed and no other, and hands out the outcome of each pyc. */
    public RefreshSummary run(List<PathEntry> entries, ChangedPaths changed, Consumer<Outcome> outcomes) {
        long begun = now();
        RefreshTotal total = new RefreshTotal();
        RefreshProblems problems = new RefreshProblems();
        long vanished = 0;
        for (PathEntry entry : changed.concerned(entries)) {
            vanished +=
                    problems.count(() -> runUntilPublished(entry, changed.directories(entry), total, begun, outcomes));
        }
        return total.ofChanges(vanished, problems.lines());
    }

    /**
     * Refreshes one entry, and begins again on the newer state when another run published meanwhile. The last attempt publishes
     * over the other run.
     */
    private long runUntilPublished(
            PathEntry entry,
            Map<RawPath, Set<RawPath>> directories,
            RefreshTotal total,
            long begun,
            Consumer<Outcome> outcomes)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            RefreshTotal fresh = new RefreshTotal();
            List<Outcome> ofAttempt = new ArrayList<>();
            try (Drafts drafts = new Drafts(store, List.of(entry), options, false, proofDraft())) {
                OutcomeReporter reporter = new OutcomeReporter(ofAttempt::add);
                long vanished = scanChanged(entry, directories, drafts, fresh, reporter);
                reporter.finish();
                Draft draft = drafts.of(entry);
                if (vanished == 0 && !fresh.of(entry).hasChanged()) {
                    total.add(fresh);
                    ofAttempt.forEach(outcomes);
                    return 0;
                }
                boolean last = attempt == MAX_ATTEMPTS;
                if (last) {
                    draft.publish(begun);
                }
                if (last || draft.publishUnlessOvertaken(begun).isPresent()) {
                    publishProofs(drafts);
                    total.add(fresh);
                    ofAttempt.forEach(outcomes);
                    return vanished;
                }
            }
        }
    }

    /** Scans the changed sources and removes the records of missing sources; returns how many were removed. */
    private long scanChanged(
            PathEntry entry,
            Map<RawPath, Set<RawPath>> directories,
            Drafts drafts,
            RefreshTotal total,
            RecordEnricher enricher)
            throws IOException {
        ManifestEvidence manifests = entry instanceof PathEntry.Archive
                ? aids.manifests()
                : aids.manifests().expecting(WantedFiles.in(directories.keySet()));
        RefreshVisitor visitor = visitor(manifests, drafts, false, enricher.then(new ProofCollector(drafts.proofs())));
        TreeScanner scanner = new TreeScanner(files, options);
        if (entry instanceof PathEntry.Archive archive) {
            scanner.scanArchive(archive, visitor);
            total.add(visitor.total());
            return isRefused(entry, total) ? 0 : dropVanished(entry, drafts.of(entry), total);
        }
        directories.forEach((directory, sources) -> scanner.scanDirectory(entry, directory, sources, visitor));
        total.add(visitor.total());
        Draft draft = drafts.of(entry);
        long vanished = 0;
        for (Map.Entry<RawPath, Set<RawPath>> directory : directories.entrySet()) {
            if (!isRefused(directory.getKey(), total.refusals())) {
                vanished += dropVanished(directory.getKey(), directory.getValue(), draft, total.of(entry));
            }
        }
        return vanished;
    }

    private static long dropVanished(RawPath directory, Set<RawPath> names, Draft draft, EntryTotal found)
            throws IOException {
        long vanished = 0;
        for (RawPath name : names) {
            RawPath key = directory.resolve(name);
            if (!found.contains(key) && draft.get(key).isPresent()) {
                draft.remove(key);
                vanished++;
            }
        }
        return vanished;
    }

    private static boolean isRefused(RawPath directory, List<Refusal> refusals) {
        return refusals.stream()
                .anyMatch(refusal -> refusal.sourceDirectory().equals(directory) && !refusal.isAbsent());
    }

    private RefreshSummary publish(List<PathEntry> entries, Drafts drafts, RefreshTotal total, long begun) {
        RefreshProblems problems = new RefreshProblems();
        long vanished = 0;
        for (PathEntry entry : entries) {
            // The scan saw nothing of a repeated or refused entry, which does not mean that the entry is empty.
            if (!total.isRepeated(entry) && !isRefused(entry, total)) {
                vanished += problems.count(() -> publish(entry, drafts, total, begun));
            }
        }
        if (problems.lines().isEmpty()) { // a directory that refuses an index refuses the proofs too
            problems.count(() -> publishProofs(drafts));
        }
        return total.ofWalk(vanished, problems.lines());
    }

    /** Publishes the proofs of the run; returns 0, since no record has vanished. */
    private static long publishProofs(Drafts drafts) throws IOException {
        if (drafts.proofs().isPresent()) {
            drafts.proofs().get().publish();
        }
        return 0;
    }

    private long publish(PathEntry entry, Drafts drafts, RefreshTotal total, long begun) throws IOException {
        Optional<Seals> base = drafts.seals(entry);
        EntryTotal found = total.of(entry);
        boolean sameCount =
                base.map(seals -> seals.info().records() == found.records()).orElse(false);
        if (sameCount && !drafts.isOpened(entry)) {
            store.confirm(base.orElseThrow().info(), begun);
            return 0;
        }
        Draft draft = drafts.of(entry);
        long recorded = draft.base().map(IndexInfo::records).orElse(0L);
        long vanished = recorded + found.added() == found.records() ? 0 : dropVanished(entry, draft, total);
        Map<RawPath, Seal> before = draft.seals();
        found.seals().forEach(draft::seal);
        boolean changed = vanished > 0 || found.hasChanged() || !draft.seals().equals(before);
        if (changed || draft.base().isEmpty()) {
            draft.publish(begun);
        } else {
            store.confirm(draft.base().orElseThrow(), begun);
        }
        return vanished;
    }

    private static long dropVanished(PathEntry entry, Draft draft, RefreshTotal total) throws IOException {
        EntryTotal found = total.of(entry);
        return draft.removeIf(key -> !found.contains(key) && !liesInRefused(entry, key, total.refusals()));
    }

    private static boolean liesInRefused(PathEntry entry, RawPath key, List<Refusal> refusals) {
        return refusals.stream()
                .filter(refusal -> refusal.entry().equals(entry))
                .map(Refusal::sourceDirectory)
                .anyMatch(directory -> key.parent().equals(directory)
                        || key.relativeTo(directory).isPresent());
    }

    private static boolean isRefused(PathEntry entry, RefreshTotal total) {
        return total.refusals().stream().anyMatch(refusal -> refusal.entry().equals(entry) && refusal.isOfEntry());
    }

    private RefreshTotal scan(
            List<PathEntry> entries, Drafts drafts, boolean bySeals, Supplier<? extends RecordEnricher> enrichers)
            throws InterruptedException {
        List<RefreshVisitor> visitors = Collections.synchronizedList(new ArrayList<>());
        Supplier<RefreshVisitor> ofWorker = () -> {
            RefreshVisitor visitor = visitor(aids.manifests(), drafts, bySeals, enrichers.get());
            visitors.add(visitor);
            return visitor;
        };
        new TreeScanner(files, options).scan(entries, ofWorker, aids.roots());
        RefreshTotal total = new RefreshTotal();
        visitors.forEach(visitor -> total.add(visitor.total()));
        return total;
    }

    private RefreshVisitor visitor(
            ManifestEvidence manifests, Drafts drafts, boolean bySeals, RecordEnricher enricher) {
        HeaderJudge byFiles = new HeaderJudge(new Rules(HashChecks.DEFAULT, rules.window(), false), Optional.empty());
        IndexedJudge judge = new IndexedJudge(
                byFiles,
                drafts::recall,
                rules,
                new OutsideEvidence(
                        drafts.proofs().<KnownProofs>map(known -> known).orElse(KnownProofs.NONE),
                        aids.vouched(),
                        manifests));
        return new RefreshVisitor(
                judge, drafts, rules, bySeals, aids.prover().get().then(enricher), aids.progress());
    }

    /** Collects the proofs of the run; empty where no contents are read, since nothing is proven then. */
    private Optional<ProofDraft> proofDraft() {
        return proofs.filter(_ -> rules.digests()).map(kept -> kept.draft(ContentProof.day(options.clock())));
    }

    private long now() {
        return options.clock().millis() * NANOS_PER_MILLI;
    }
}
