package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** One published index, open for reading by any number of threads. Later publications do not change it. */
public interface Generation extends AutoCloseable {

    IndexInfo info();

    /**
     * The record of a source, named relative to the entry.
     *
     * @throws java.io.UncheckedIOException when the record's part of the index is damaged or cannot be read
     */
    Optional<SourceRecord> get(RawPath source);

    /**
     * Visits every record, in no particular order.
     *
     * @throws java.io.UncheckedIOException when a part of the index is damaged or cannot be read
     */
    default void forEach(BiConsumer<RawPath, SourceRecord> action) {
        forEachAfter(RawPath.EMPTY, (source, record) -> {
            action.accept(source, record);
            return true;
        });
    }

    /**
     * Visits the records whose source comes after a source, in the order of the bytes of the sources, until the visitor has
     * enough.
     *
     * @param source the last source that is left out; {@link RawPath#EMPTY} to begin with the first
     * @throws java.io.UncheckedIOException when a part of the index is damaged or cannot be read
     */
    void forEachAfter(RawPath source, Visitor visitor);

    @Override
    void close();

    /** Takes records one after the other. */
    @FunctionalInterface
    interface Visitor {

        /** Takes a record; false when it is the last one that is wanted. */
        boolean visit(RawPath source, SourceRecord record);
    }

    /**
     * The records that a lookup of single sources found in one generation.
     *
     * @param info the generation
     * @param records maps the path of a source, relative to the entry, to its record; sources without a record are missing
     */
    record FoundRecords(IndexInfo info, Map<RawPath, SourceRecord> records) {}

    /**
     * The seals of one generation.
     *
     * @param info the generation
     * @param directories maps the path of a directory, relative to the entry, to its seal; other directories have no seal
     */
    record Seals(IndexInfo info, Map<RawPath, Seal> directories) {}

    /**
     * The result of reading every record of an index.
     *
     * @param whole number of intact records
     * @param faulty sources whose record cannot be decoded or found by name
     */
    record IndexVerification(IndexInfo info, long whole, List<RawPath> faulty) {

        public IndexVerification {
            faulty = List.copyOf(faulty);
        }

        /** Whether all records of the index are present and intact. */
        public boolean passed() {
            return faulty.isEmpty() && whole == info.records();
        }
    }
}
