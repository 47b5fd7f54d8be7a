package dev.freshpyc.indexer.library;

import dev.freshpyc.core.path.EnvironmentVariables;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.proof.OpenProofs;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation.FoundRecords;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.audit.Audit;
import dev.freshpyc.indexer.audit.Audit.AuditOptions;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.index.IndexedJudge;
import dev.freshpyc.indexer.index.NearestIndex;
import dev.freshpyc.indexer.index.NearestIndex.RecordPlace;
import dev.freshpyc.indexer.index.OpenIndexes;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.judge.HeaderJudge;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.judge.OutsideEvidence;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.library.AuditResult.FileVerdict;
import dev.freshpyc.indexer.prove.BodyProver;
import dev.freshpyc.indexer.prove.Compilers;
import dev.freshpyc.indexer.prove.ProofTally;
import dev.freshpyc.indexer.prove.ReplacedBodyJudge;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.refresh.RefreshAids;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.repair.Repair;
import dev.freshpyc.indexer.repair.RepairStores;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.RepairOptions.RecordPolicy;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Freshpyc for Java programs: the indexes in one directory, and what can be done with path entries and their bytecode. Every
 * method does what the command of that name does with its default options. Thread-safe.
 */
public final class Freshpyc {

    private static final IndexRules RULES = new IndexRules(RacyWindow.DEFAULT, true, true, true);
    private static final long JOURNAL_LIMIT = 1L << 30;

    private final IndexStore store;
    private final ProofStore proofs;
    private final JournalDirectory journals;

    private Freshpyc(Path indexes) {
        store = new ChronicleStore(indexes, StoreEvents.NONE);
        proofs = new ProofStore(indexes, StoreEvents.NONE, ProofStore.DEFAULT_MOST);
        journals = new JournalDirectory(indexes.resolve("undo"));
    }

    /**
     * Opens the indexes in a directory.
     *
     * @param indexes made by the first refresh if it does not exist; journals of repairs are in its directory {@code undo}
     */
    public static Freshpyc open(Path indexes) {
        return new Freshpyc(indexes);
    }

    /**
     * What the index knows of the pycs of a source, or of a pyc's source. Reads no file of the tree.
     *
     * @param file a source or a pyc
     * @return a verdict for each recorded pyc; nothing when no index has the file
     * @throws IOException when an index cannot be read
     */
    public List<FileVerdict> lookup(Path file) throws IOException {
        Optional<RecordPlace> place = new NearestIndex(store).find(JavaPath.toRaw(file));
        if (place.isEmpty()) {
            return List.of();
        }
        RawPath source = place.get().source();
        Optional<FoundRecords> found = store.find(place.get().entry(), Set.of(source));
        @Nullable
        SourceRecord record = found.map(one -> one.records().get(source)).orElse(null);
        return record == null
                ? List.of()
                : record.pycs().stream()
                        .map(pyc -> verdict(place.get().entry().resolve(source), pyc))
                        .toList();
    }

    /** Judges all bytecode below path entries by the files and, where there is one, by the index. Changes nothing. */
    public AuditResult audit(List<Path> entries) throws InterruptedException {
        List<PathEntry> path = withArchives(entries);
        ScanOptions scan = ScanOptions.defaults();
        List<FileVerdict> findings = new ArrayList<>();
        List<EntryReport> reports;
        try (OpenIndexes indexes = new OpenIndexes(store, path, scan);
                OpenProofs known = proofs.open();
                Compilers compilers = Compilers.of(interpreters(entries), scan.workers())) {
            OutsideEvidence outside = new OutsideEvidence(known, new ManifestEvidence(Optional.empty()));
            AuditOptions options = new AuditOptions(
                    scan,
                    () -> new ReplacedBodyJudge(
                            new IndexedJudge(
                                    new HeaderJudge(Rules.DEFAULT, Optional.empty()), indexes::record, RULES, outside),
                            compilers),
                    false);
            reports = new Audit(HostFiles.readers(), options)
                    .run(path, directory -> directory.forEach(finding -> findings.add(verdict(finding))));
        }
        return AuditResult.of(reports, findings);
    }

    /** Brings the indexes of path entries up to date. */
    public RefreshResult refresh(List<Path> entries) throws InterruptedException {
        ScanOptions scan = ScanOptions.defaults();
        try (Compilers compilers = Compilers.of(interpreters(entries), scan.workers())) {
            ProofTally tally = new ProofTally();
            Refresh refresh = new Refresh(
                    HostFiles.readers(),
                    store,
                    Optional.of(proofs),
                    scan,
                    RULES,
                    RefreshAids.of(new ManifestEvidence(Optional.empty()))
                            .proving(() -> new BodyProver(BodyProver.Scope.REPLACED, compilers, tally)));
            RefreshSummary summary = refresh.run(withArchives(entries));
            return new RefreshResult(summary.seen(), summary.reused(), summary.changed(), summary.problems());
        }
    }

    /**
     * Says what {@link #repair} would do. Changes nothing.
     *
     * @throws IOException when the temporary file for a large plan cannot be written
     */
    public RepairResult planRepair(List<Path> entries, RepairMode mode) throws IOException, InterruptedException {
        return RepairResult.of(repairOf(entries, mode).plan(path(entries)));
    }

    /**
     * Makes every pyc one that its interpreter loads and that is its source's.
     *
     * @throws IOException when nothing could be repaired: the journal cannot be written, or the disk is full
     */
    public RepairResult repair(List<Path> entries, RepairMode mode) throws IOException, InterruptedException {
        return RepairResult.of(repairOf(entries, mode).run(path(entries)));
    }

    private Repair repairOf(List<Path> entries, RepairMode mode) {
        RepairOptions options = new RepairOptions(
                new TargetHeader(TargetMode.valueOf(mode.name()), OptionalLong.empty()),
                Evidence.HEADER,
                false,
                WriteMode.REPLACE,
                Durability.BATCH,
                HardLinks.REFUSE,
                false,
                Optional.empty(),
                true,
                JOURNAL_LIMIT,
                RecordPolicy.NAME,
                Optional.empty());
        return new Repair(
                HostFiles.readers(),
                new RepairStores(store, Optional.of(proofs), journals),
                ScanOptions.defaults(),
                options,
                interpreters(entries));
    }

    private static InterpreterLocator interpreters(List<Path> scanned) {
        return InterpreterLocator.of(
                List.of(),
                EnvironmentVariables.all(),
                scanned,
                InterpreterProbe.within(InterpreterProbe.DEFAULT_LIMIT));
    }

    private static List<PathEntry> withArchives(List<Path> entries) {
        return GivenPath.ofPath(entries.stream().map(JavaPath::toRaw).toList());
    }

    private static List<PathEntry> path(List<Path> entries) {
        return PathEntry.directories(entries.stream().map(JavaPath::toRaw).toList());
    }

    private static FileVerdict verdict(RawPath source, PycRecord pyc) {
        return FileVerdict.of(source, pyc.tag(), pyc.level(), pyc.verdict());
    }

    private static FileVerdict verdict(Finding finding) {
        return FileVerdict.of(
                finding.wholePath(),
                finding.tag() == null ? null : finding.tag().name(),
                finding.level(),
                finding.verdict());
    }
}
