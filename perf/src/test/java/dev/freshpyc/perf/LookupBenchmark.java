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
 * One lookup in an open index, of a program that runs for long.
 *
 * <pre>{@code
 * mvn -q -Pjmh -pl perf -am -DskipTests test
 * mvn -q -Pjmh -pl perf -am -DskipTests test -Djmh.args="LookupBenchmark -prof gc -t 2"
 * }</pre>
 *
 * <p>Workload: an index of {@value #RECORDS} sources, one proven bytecode file each, names of some 55 bytes, everything in memory
 * and the code compiled. Claims, for one thread on an otherwise idle machine; the printed averages falsify them:
 *
 * <ul>
 *   <li>{@link #nearCache}: at most 100 ns. {@value #HOT} sources are asked for in turns, and all answers are near.
 *   <li>{@link #map}: at most 2,000 ns. All sources are asked for in an order that is not theirs in memory; finding and
 *       decoding, without {@link IndexLookup}.
 *   <li>{@link #beyondTheNearCache}: at most 2,000 ns as well. The same through a near cache that holds a hundredth of the
 *       answers, so nearly all are looked for in vain, read, kept, and make another one go.
 *   <li>{@link #unknown}: at most 2,000 ns. The map asked for sources that it does not have.
 * </ul>
 *
 * <p>{@link #floor} asks a {@code ConcurrentHashMap} on the heap for the same {@value #HOT} sources: what any near cache costs
 * at least here, and the yardstick when machines are compared. Nothing is said of the first lookups of a process, which run
 * interpreted.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LookupBenchmark {

    static final int RECORDS = 100_000;
    static final int HOT = 4_096;

    private static final long SMALL = IndexLookup.NEAR_BYTES / 16;

    private final PublishedIndex index = PublishedIndex.of(RECORDS);
    private final Generation generation = index.open();
    private final IndexLookup roomy = index.lookup(IndexLookup.NEAR_BYTES);
    private final IndexLookup tight = index.lookup(SMALL);
    private final Map<RawPath, SourceRecord> heap = new ConcurrentHashMap<>();
    private final List<RawPath> all;
    private final List<RawPath> strange;

    /** Publishes the index, and lets the near cache see the sources that will be asked for. */
    public LookupBenchmark() {
        for (RawPath source : index.sources().subList(0, HOT)) {
            heap.put(source, roomy.get(source).orElseThrow());
        }
        all = index.sources().stream()
                .map(source -> RawPath.of(source.toBytes(), 0, source.length())) // no caller has the very object
                .toList();
        strange = all.stream().map(source -> source.resolve("none.py")).toList();
    }

    /** Asks a map on the heap. */
    @Benchmark
    public @Nullable SourceRecord floor(Turn turn) {
        return heap.get(turn.next(all, HOT));
    }

    /** Asks for what was asked before. */
    @Benchmark
    public Optional<SourceRecord> nearCache(Turn turn) {
        return roomy.get(turn.next(all, HOT));
    }

    /** Asks the generation. */
    @Benchmark
    public Optional<SourceRecord> map(Turn turn) {
        return generation.get(turn.next(all, RECORDS));
    }

    /** Asks for more than the near cache holds. */
    @Benchmark
    public Optional<SourceRecord> beyondTheNearCache(Turn turn) {
        return tight.get(turn.next(all, RECORDS));
    }

    /** Asks the generation for what it does not have. */
    @Benchmark
    public Optional<SourceRecord> unknown(Turn turn) {
        return generation.get(turn.next(strange, RECORDS));
    }

    /** Deletes the index. */
    @TearDown
    public void delete() throws IOException {
        roomy.close();
        tight.close();
        generation.close();
        index.close();
    }

    /** A thread's place in a list of sources. */
    @State(Scope.Thread)
    public static class Turn {
        private int at;

        RawPath next(List<RawPath> sources, int count) {
            at = at + 1 < count ? at + 1 : 0;
            return sources.get(at);
        }
    }
}
