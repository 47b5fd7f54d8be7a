package dev.freshpyc.indexer.concurrency;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads an index while new generations are published, and requires that every record was true at some moment. */
final class Reader {

    private final IndexStore store;
    private final RawPath entry;
    private final ChangingTree tree;
    private final AtomicLong longestNanos = new AtomicLong();

    Reader(IndexStore store, RawPath entry, ChangingTree tree) {
        this.store = store;
        this.entry = entry;
        this.tree = tree;
    }

    /** The longest time that one {@link #read} took to open the index and to look up all records. */
    long longestNanos() {
        return longestNanos.get();
    }

    void read() throws IOException {
        long begun = System.nanoTime();
        Map<RawPath, SourceRecord> records = records();
        longestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
        records.forEach(this::requireTrue);
    }

    /** Reads all records, and requires that a lookup of each source returns the same record. */
    Map<RawPath, SourceRecord> records() throws IOException {
        Map<RawPath, SourceRecord> records = new HashMap<>();
        try (Generation generation = store.open(entry).orElseThrow()) {
            generation.forEach(records::put);
            records.forEach((source, record) ->
                    require(generation.get(source).orElseThrow().equals(record), source, record));
            if (records.size() != generation.info().records()) {
                throw new AssertionError(records.size() + " records in " + generation.info());
            }
        }
        return records;
    }

    private void requireTrue(RawPath source, SourceRecord record) {
        require(record.content() == null || tree.hasSource(record.content()), source, record);
        for (PycRecord pyc : record.pycs()) {
            @Nullable Sha256 compiledFrom = pyc.body() == null ? null : tree.sourceOf(pyc.body());
            require(pyc.provenFor() == null || pyc.provenFor().equals(compiledFrom), source, record);
            require(isTrue(pyc.verdict().kind(), compiledFrom, record.content()), source, record);
        }
    }

    private static boolean isTrue(Verdict.Kind verdict, @Nullable Sha256 compiledFrom, @Nullable Sha256 content) {
        return switch (verdict) {
            case FRESH -> compiledFrom != null && compiledFrom.equals(content);
            case STALE -> compiledFrom != null && !compiledFrom.equals(content);
            case ORPHANED -> content == null;
            case UNDECIDED -> true;
            default -> false; // no file of the tree has another verdict
        };
    }

    private static void require(boolean isTrue, RawPath source, SourceRecord record) {
        if (!isTrue) {
            throw new AssertionError(source + ": " + record + " was never true");
        }
    }

    /**
     * The record without the evidence of its fresh pycs. The evidence depends on the refresh that first saw the pyc
     * with a settled stamp.
     */
    static SourceRecord withoutEvidence(SourceRecord record) {
        return new SourceRecord(
                record.stamp(),
                record.content(),
                record.pycs().stream().map(Reader::withoutEvidence).toList());
    }

    private static PycRecord withoutEvidence(PycRecord pyc) {
        Verdict verdict = pyc.verdict();
        return verdict.kind() != Verdict.Kind.FRESH
                ? pyc
                : pyc.withVerdict(
                        Verdict.recorded(verdict.kind(), verdict.interpreter(), verdict.reason(), Evidence.HEADER));
    }
}
