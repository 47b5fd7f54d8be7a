package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.SourceRecord;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The next generation while it is written: a private copy that several threads may change at once. {@link #publish} makes
 * it visible; an unpublished draft leaves nothing behind.
 */
public interface Draft extends AutoCloseable {

    /** The published generation that this draft started from; empty when there was none. */
    Optional<IndexInfo> base();

    /**
     * The record of a source.
     *
     * @throws IOException when the published generation is damaged or cannot be read; then nothing can be published
     */
    Optional<SourceRecord> get(RawPath source) throws IOException;

    void put(RawPath source, SourceRecord record);

    void remove(RawPath source);

    /**
     * Removes the records of the published generation whose source fulfils a condition.
     *
     * @return how many records were removed
     * @throws IOException as {@link #get}
     */
    long removeIf(Predicate<RawPath> condition) throws IOException;

    /** Seals a directory. Any later change of a record in the directory removes the seal. */
    void seal(RawPath directory, Seal seal);

    /** The sealed directories. */
    Map<RawPath, Seal> seals();

    /**
     * Writes and forces the file, renames the file, and forces the directory. Then every new reader sees this generation. A
     * crash at any moment leaves either the old or the new file, complete. Of several publishers, the last to rename wins.
     * After the call, no thread may change the draft.
     *
     * @param checkedAtNanos when the run began, in nanoseconds since 1970
     * @throws IOException when the disk is full, the quota is reached, the directory is not writable, or a newer freshpyc
     *     wrote the live file. The live file stays, and the draft can be published again.
     */
    IndexInfo publish(long checkedAtNanos) throws IOException;

    /**
     * Publishes, unless a generation other than {@link #base} is live right before the rename. The caller may then repeat
     * its changes on a draft of the newer generation. Nobody waits; two publishers that rename in the same instant both
     * succeed, and the last one wins with a complete file.
     *
     * @return empty when another publisher was faster
     */
    Optional<IndexInfo> publishUnlessOvertaken(long checkedAtNanos) throws IOException;

    @Override
    void close();
}
