package dev.freshpyc.core.lookup;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.HeapGeneration;
import dev.freshpyc.core.store.IndexInfo;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A generation in memory that counts its reads and closes. A read of a closed generation fails. */
final class FakeGeneration implements Generation {

    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();

    /** Runs during each read. */
    volatile Runnable whileReading = () -> {};

    private final IndexInfo info;
    private final Map<RawPath, SourceRecord> records;

    FakeGeneration(IndexInfo info, Map<RawPath, SourceRecord> records) {
        this.info = info;
        this.records = Map.copyOf(records);
    }

    boolean closed() {
        return closes.get() > 0;
    }

    @Override
    public IndexInfo info() {
        return info;
    }

    @Override
    public Optional<SourceRecord> get(RawPath source) {
        requireOpen();
        reads.incrementAndGet();
        whileReading.run();
        requireOpen();
        return Optional.ofNullable(records.get(source));
    }

    @Override
    public void forEachAfter(RawPath source, Visitor visitor) {
        HeapGeneration.visit(records, source, visitor);
    }

    @Override
    public void close() {
        closes.incrementAndGet();
    }

    private void requireOpen() {
        if (closed()) {
            throw new AssertionError("a reader is in closed generation " + info.generation());
        }
    }
}
