package dev.freshpyc.core.store;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The next generation while it is made: a private copy, which several threads may change at once. It becomes visible by {@link
 * #publish} and otherwise leaves nothing behind.
 */
public interface Draft extends AutoCloseable {

    Optional<SourceRecord> get(RawPath source);

    void put(RawPath source, SourceRecord record);

    void remove(RawPath source);

    long records();

    void forEach(BiConsumer<RawPath, SourceRecord> action);

    /**
     * Writes, forces, renames, forces the directory: after that every new reader sees this state, and a crash at any moment
     * leaves either the old or the new one, whole.
     *
     * @param checkedAtNanos when the run began, in nanoseconds since 1970
     * @throws IOException when the disk is full, the quota reached, the directory not writable: the old state stays
     */
    IndexInfo publish(long checkedAtNanos) throws IOException;

    /** Tells that the state this draft began from is still true, without writing it again. */
    IndexInfo confirm(long checkedAtNanos) throws IOException;

    @Override
    void close();
}
