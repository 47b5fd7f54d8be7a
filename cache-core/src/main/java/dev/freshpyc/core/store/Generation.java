package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import java.util.Optional;
import java.util.function.BiConsumer;

/** One published index, open for reading by any number of threads. Later publications do not change it. */
public interface Generation extends AutoCloseable {

    IndexInfo info();

    /** The record of a source, named relative to the entry. */
    Optional<SourceRecord> get(RawPath source);

    /** Visits every record, in no particular order. */
    void forEach(BiConsumer<RawPath, SourceRecord> action);

    @Override
    void close();
}
