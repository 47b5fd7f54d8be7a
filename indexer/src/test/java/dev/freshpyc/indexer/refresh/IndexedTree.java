package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
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

/** A tree and its index, and runs over both at the times that a test likes. */
final class IndexedTree {

    static final IndexRules TRUSTING = new IndexRules(RacyWindow.DEFAULT, true, true, true);
    static final IndexRules WITHOUT_TRUST = new IndexRules(RacyWindow.DEFAULT, false, true, true);
    static final IndexRules STAT_ONLY = new IndexRules(RacyWindow.DEFAULT, true, false, true);

    private final FileWatch watch = new FileWatch();
    private final PairFiles files;
    private final IndexStore store;
    private final PathEntry entry;
    private Instant now = Instant.ofEpochSecond(1_800_000_000);

    /** Keeps the tree and the index apart from one another below {@code directory}. */
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

    /** Long enough for everything to settle. */
    void waitLong() {
        now = now.plus(Duration.ofHours(1));
    }

    RefreshSummary refresh() throws InterruptedException {
        return refresh(TRUSTING);
    }

    RefreshSummary refresh(IndexRules rules) throws InterruptedException {
        return with(store, rules).run(List.of(entry));
    }

    /** Waits, and makes an index in which everything is settled. */
    void settle() throws InterruptedException {
        waitLong();
        refresh();
        watch.forget();
    }

    RefreshSummary refresh(String... changed) {
        return refresh(store, changed);
    }

    RefreshSummary refresh(IndexStore into, String... changed) {
        List<RawPath> paths =
                Arrays.stream(changed).map(name -> entry.path().resolve(name)).toList();
        return with(into, TRUSTING).run(List.of(entry), ChangedPaths.of(paths, List.of(entry)));
    }

    Refresh with(IndexStore into, IndexRules rules) {
        return new Refresh(watch, into, scan(2), rules);
    }

    /** What an audit without an index says of each source: {@code stale header}. */
    Map<String, String> auditByFiles() throws InterruptedException {
        return audit(byFiles());
    }

    /** What an audit with the index says. */
    Map<String, String> audit() throws InterruptedException {
        try (OpenIndexes recollection = new OpenIndexes(store, List.of(entry))) {
            return audit(new IndexedJudge(byFiles(), recollection::recall, TRUSTING));
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

    /** Fails unless a source and its bytecode are recorded as too young to be trusted. */
    void requireUndecided(String source) throws IOException {
        SourceRecord record = record(source).orElseThrow();
        assertThat(record.stamp()).isEqualTo(FileStamp.UNSETTLED);
        assertThat(record.pycs()).allMatch(pyc -> pyc.verdict().kind() == Verdict.Kind.UNDECIDED);
    }

    /** All sources that the index knows. */
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
        new TreeScanner(watch, scan(1)).scan(List.of(entry), () -> new Verdicts(judge, verdicts));
        return verdicts;
    }

    private static Judge byFiles() {
        return new HeaderJudge(new Rules(HashChecks.DEFAULT, RacyWindow.DEFAULT, false), Optional.empty());
    }

    private ScanOptions scan(int workers) {
        return new ScanOptions(workers, Optional.empty(), List.of(), Exclusions.NONE, Optional.empty(), () -> now);
    }
}
