package dev.freshpyc.perf;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.lookup.IndexLookup;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.perf.tree.BenchTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An index in a temporary folder. Each source has one proven pyc and a name as long as in real packages. Methods throw
 * unchecked exceptions, since the constructor of a benchmark may not declare checked exceptions.
 */
final class PublishedIndex implements AutoCloseable {

    private static final RawPath ENTRY = RawPath.of("/usr/lib/python3/dist-packages");

    private static final Verdict FRESH =
            Verdict.recorded(Verdict.Kind.FRESH, InterpreterAnswer.LOADS, Reason.MATCH, Evidence.HEADER);
    private static final int FILES_IN_A_PACKAGE = 20;

    private final Path folder;
    private final IndexStore store;
    private final List<RawPath> sources;

    private PublishedIndex(Path folder, int records) {
        this.folder = folder;
        this.store = new ChronicleStore(folder, StoreEvents.NONE);
        this.sources =
                IntStream.range(0, records).mapToObj(PublishedIndex::name).collect(Collectors.toList());
        Collections.shuffle(sources, new Random(records)); // consecutive lookups hit different packages
    }

    static PublishedIndex of(int records) {
        try {
            PublishedIndex index = new PublishedIndex(Files.createTempDirectory("lookup-benchmark-"), records);
            index.publish(new SplittableRandom(records));
            return index;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Generation open() {
        try {
            return store.open(ENTRY).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    IndexLookup lookup(long nearBytes) {
        try {
            return IndexLookup.open(store, ENTRY, nearBytes).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sources of the index, in random order. */
    List<RawPath> sources() {
        return sources;
    }

    @Override
    public void close() throws IOException {
        BenchTree.delete(folder);
    }

    private void publish(SplittableRandom random) throws IOException {
        try (Draft draft = store.draft(ENTRY)) {
            for (RawPath source : sources) {
                draft.put(source, record(random));
            }
            draft.publish(1);
        }
    }

    private static RawPath name(int number) {
        int parent = number / FILES_IN_A_PACKAGE;
        return RawPath.of(
                "package_" + parent / FILES_IN_A_PACKAGE + "/subpackage_" + parent + "/some_module_" + number + ".py");
    }

    private static SourceRecord record(SplittableRandom random) {
        Sha256 content = digest(random);
        HeaderBytes head = new HeaderBytes(random.nextLong(), random.nextLong(), 16);
        PycRecord pyc = new PycRecord(
                "cpython-311",
                OptimizationLevel.NONE,
                stamp(random),
                head,
                digest(random),
                content,
                null,
                FRESH,
                ContentFacts.NOTHING);
        return new SourceRecord(stamp(random), content, List.of(pyc));
    }

    private static FileStamp stamp(SplittableRandom random) {
        long seconds = 1_700_000_000L + random.nextInt(90_000_000);
        int nanos = random.nextInt(1_000_000_000);
        return new FileStamp(
                seconds, nanos, seconds + 5, nanos, random.nextInt(40_000), random.nextInt(10_000_000), 2049);
    }

    private static Sha256 digest(SplittableRandom random) {
        return new Sha256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }
}
