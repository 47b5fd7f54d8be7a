package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One published state of an index, open for reading by any number of threads. It stays as it is for as long as it is
 * open, whatever is published meanwhile.
 */
public interface Generation extends AutoCloseable {

    IndexInfo info();

    /** The record of a source, named relative to the entry. */
    Optional<SourceRecord> get(RawPath source);

    /** Shows every record, in no particular order. */
    void forEach(BiConsumer<RawPath, SourceRecord> action);

    @Override
    void close();
}
