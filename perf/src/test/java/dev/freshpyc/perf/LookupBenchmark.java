package dev.freshpyc.perf;

import dev.freshpyc.core.lookup.IndexLookup;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the time of one lookup in an open index, within a long-running program.
 *
 * <pre>{@code
 * mvn -q -Pjmh -pl perf -am -DskipTests test
 * mvn -q -Pjmh -pl perf -am -DskipTests test -Djmh.args="LookupBenchmark -prof gc -t 2"
 * }</pre>
 *
 * <p>Workload: an index of {@value #RECORDS} sources, one proven bytecode file each, names of about 55 bytes; all data in
 * memory and all code compiled. Claims, for one thread on an otherwise idle machine; the printed averages falsify them:
 *
 * <ul>
 *   <li>{@link #nearCache}: at most 100 ns. Looks up {@value #HOT} sources in turn; the near cache holds all of them.
 *   <li>{@link #map}: at most 2,000 ns. Looks up all sources in random order: search and decoding without {@link IndexLookup}.
 *   <li>{@link #beyondTheNearCache}: at most 2,000 ns. Looks up all sources through a near cache that holds a hundredth of the
 *       records: nearly every lookup misses, reads a record, stores it and evicts another.
 *   <li>{@link #unknown}: at most 2,000 ns. Looks up sources that the index does not hold.
 * </ul>
 *
 * <p>{@link #floor} looks up the {@value #HOT} sources in a {@code ConcurrentHashMap} on the heap: the lower bound of any near
 * cache, for comparing machines. The benchmark leaves out the first lookups of a process, which run interpreted.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class LookupBenchmark {

    static final int RECORDS = 100_000;
    static final int HOT = 4_096;

    private static final long SMALL = IndexLookup.NEAR_BYTES / 16;

    private final PublishedIndex index = PublishedIndex.of(RECORDS);
    private final Generation generation = index.open();
    private final IndexLookup large = index.lookup(IndexLookup.NEAR_BYTES);
    private final IndexLookup small = index.lookup(SMALL);
    private final Map<RawPath, SourceRecord> heap = new ConcurrentHashMap<>();
    private final List<RawPath> all;
    private final List<RawPath> missing;

    /** Publishes the index and warms the near cache. */
    public LookupBenchmark() {
        for (RawPath source : index.sources().subList(0, HOT)) {
            heap.put(source, large.get(source).orElseThrow());
        }
        all = index.sources().stream()
                .map(source -> RawPath.of(
                        source.toBytes(), 0, source.length())) // as for a caller, the paths are equal but not identical
                .toList();
        missing = all.stream().map(source -> source.resolve("none.py")).toList();
    }

    /** Looks up in a map on the heap. */
    @Benchmark
    public @Nullable SourceRecord floor(Turn turn) {
        return heap.get(turn.next(all, HOT));
    }

    /** Looks up sources that the near cache holds. */
    @Benchmark
    public Optional<SourceRecord> nearCache(Turn turn) {
        return large.get(turn.next(all, HOT));
    }

    /** Looks up in the generation. */
    @Benchmark
    public Optional<SourceRecord> map(Turn turn) {
        return generation.get(turn.next(all, RECORDS));
    }

    /** Looks up more sources than the near cache holds. */
    @Benchmark
    public Optional<SourceRecord> beyondTheNearCache(Turn turn) {
        return small.get(turn.next(all, RECORDS));
    }

    /** Looks up sources that the generation does not hold. */
    @Benchmark
    public Optional<SourceRecord> unknown(Turn turn) {
        return generation.get(turn.next(missing, RECORDS));
    }

    /** Deletes the index. */
    @TearDown
    public void delete() throws IOException {
        large.close();
        small.close();
        generation.close();
        index.close();
    }

    /** A thread's position in a list of sources. */
    @State(Scope.Thread)
    public static class Turn {
        private int at;

        RawPath next(List<RawPath> sources, int count) {
            at = at + 1 < count ? at + 1 : 0;
            return sources.get(at);
        }
    }
}
