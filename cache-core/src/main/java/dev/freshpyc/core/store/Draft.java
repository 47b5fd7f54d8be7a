package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.SourceRecord;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The next generation while it is made: a private copy, which several threads may change at once. It becomes visible
 * by {@link #publish} and otherwise leaves nothing behind.
 */
public interface Draft extends AutoCloseable {

    /** The published state that this one began from; empty when there was none. */
    Optional<IndexInfo> base();

    Optional<SourceRecord> get(RawPath source);

    void put(RawPath source, SourceRecord record);

    void remove(RawPath source);

    long records();

    /** Vouches for a whole directory; any later change of one of its records takes that back. */
    void seal(RawPath directory, Seal seal);

    /** The directories that are vouched for now. */
    Map<RawPath, Seal> seals();

    /** Shows every record, in no particular order. The action must not use this draft: it may be held meanwhile. */
    void forEach(BiConsumer<RawPath, SourceRecord> action);

    /**
     * Writes, forces, renames, forces the directory: after that every new reader sees this state, and a crash at any
     * moment leaves either the old or the new one, whole. Whoever else published meanwhile: the last rename wins. No
     * other thread may change the draft any more.
     *
     * @param checkedAtNanos when the run began, in nanoseconds since 1970
     * @throws IOException when the disk is full, the quota reached, the directory not writable: the old state stays,
     *     and the draft can be published again
     */
    IndexInfo publish(long checkedAtNanos) throws IOException;

    /**
     * The same, unless another state than {@link #base} is live right before the rename. Then nothing is published,
     * so that the caller can make its changes again on the newer one, as often as it likes. Nobody waits; two that
     * rename in the same instant both succeed, and the last one wins with a whole state.
     *
     * @return empty when overtaken
     */
    Optional<IndexInfo> publishUnlessOvertaken(long checkedAtNanos) throws IOException;

    @Override
    void close();
}
