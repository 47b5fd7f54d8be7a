package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.KnownProofs;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.index.IndexedJudge;
import dev.freshpyc.indexer.index.OpenIndexes;
import dev.freshpyc.indexer.judge.HeaderJudge;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.judge.OutsideEvidence;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.scan.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A tree of sources and pycs, its index, and the clock of both, which a test moves. */
final class IndexedTree {

    static final IndexRules TRUSTING = new IndexRules(RacyWindow.DEFAULT, true, true, true);
    static final IndexRules WITHOUT_TRUST = new IndexRules(RacyWindow.DEFAULT, false, true, true);
    static final IndexRules STAT_ONLY = new IndexRules(RacyWindow.DEFAULT, true, false, true);

    private final FileWatch watch = new FileWatch();
    private final PairFiles files;
    private final IndexStore store;
    private final PathEntry entry;
    private Instant now = Instant.ofEpochSecond(1_800_000_000);

    /** Creates the tree in {@code lib} and the index in {@code index}, both below {@code directory}. */
    IndexedTree(Path directory) throws IOException {
        Path root = Files.createDirectories(directory.resolve("lib"));
        files = new PairFiles(root, watch, () -> now);
        store = new ChronicleStore(directory.resolve("index"), StoreEvents.NONE);
        entry = new PathEntry.Directory(RawPath.of(root.toString()), 0);
    }

    PairFiles files() {
        return files;
    }

    FileWatch watch() {
        return watch;
    }

    IndexStore store() {
        return store;
    }

    PathEntry entry() {
        return entry;
    }

    Instant now() {
        return now;
    }

    void setNow(Instant time) {
        now = time;
    }

    /** Moves the clock so far that all stamps are settled. */
    void waitUntilSettled() {
        now = now.plus(Duration.ofHours(1));
    }

    RefreshSummary refresh() throws InterruptedException {
        return refresh(TRUSTING);
    }

    RefreshSummary refresh(IndexRules rules) throws InterruptedException {
        return refresher(store, rules).run(List.of(entry));
    }

    /** Moves the clock and refreshes, so that the index holds settled stamps only. */
    void settle() throws InterruptedException {
        waitUntilSettled();
        refresh();
        watch.forget();
    }

    RefreshSummary refresh(String... changed) {
        return refresh(store, changed);
    }

    RefreshSummary refresh(IndexStore into, String... changed) {
        List<RawPath> paths =
                Arrays.stream(changed).map(name -> entry.path().resolve(name)).toList();
        return refresher(into, TRUSTING).run(List.of(entry), ChangedPaths.of(paths, List.of(entry)));
    }

    Refresh refresher(IndexStore into, IndexRules rules) {
        return new Refresh(watch, into, Optional.empty(), options(2), rules, RefreshAids.of(noPackages()));
    }

    /** Evidence from a system whose root is this tree, where no package is installed. */
    private ManifestEvidence noPackages() {
        return new ManifestEvidence(Optional.of(entry.path()));
    }

    /** The verdict and evidence of each source in an audit without an index, such as {@code stale header}. */
    Map<String, String> auditWithoutIndex() throws InterruptedException {
        return audit(judgeWithoutIndex());
    }

    /** The verdict and evidence of each source in an audit with the index. */
    Map<String, String> audit() throws InterruptedException {
        try (OpenIndexes indexes = new OpenIndexes(store, List.of(entry), ScanOptions.defaults())) {
            return audit(new IndexedJudge(
                    judgeWithoutIndex(),
                    indexes::record,
                    TRUSTING,
                    new OutsideEvidence(KnownProofs.NONE, noPackages())));
        }
    }

    IndexInfo info() throws IOException {
        return store.info(key()).orElseThrow();
    }

    Optional<SourceRecord> record(String source) throws IOException {
        try (Generation generation = store.open(key()).orElseThrow()) {
            return generation.get(RawPath.of(source));
        }
    }

    /** Fails unless the record of a source has unsettled stamps and undecided verdicts. */
    void assertUndecided(String source) throws IOException {
        SourceRecord record = record(source).orElseThrow();
        assertThat(record.stamp()).isEqualTo(FileStamp.UNSETTLED);
        assertThat(record.pycs()).allMatch(pyc -> pyc.verdict().kind() == Verdict.Kind.UNDECIDED);
    }

    /** The sources that have a record in the index, sorted by name. */
    List<String> recorded() throws IOException {
        List<String> names = new ArrayList<>();
        try (Generation generation = store.open(key()).orElseThrow()) {
            generation.forEach((source, _) -> names.add(source.toPython()));
        }
        return names.stream().sorted().toList();
    }

    RawPath key() {
        return CanonicalPath.of(entry.path());
    }

    private Map<String, String> audit(Judge judge) throws InterruptedException {
        Map<String, String> verdicts = new TreeMap<>();
        new TreeScanner(watch, options(1)).scan(List.of(entry), () -> new Verdicts(judge, verdicts));
        return verdicts;
    }

    private static Judge judgeWithoutIndex() {
        return new HeaderJudge(new Rules(HashChecks.DEFAULT, RacyWindow.DEFAULT, false), Optional.empty());
    }

    private ScanOptions options(int workers) {
        return new ScanOptions(workers, Optional.empty(), List.of(), Exclusions.NONE, Optional.empty(), () -> now);
    }
}
