package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation.FoundRecords;
import dev.freshpyc.core.store.Generation.IndexVerification;
import dev.freshpyc.core.store.Generation.Seals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The indexes of a machine, one for each path entry. Any thread may call any method.
 */
public interface IndexStore {

    /**
     * Opens the latest generation of an entry's index; empty when there is none. A corrupt file is set aside, an untrusted
     * one or one of a newer freshpyc stays in place; all three are reported to {@link StoreEvents} and count as absent.
     *
     * @param entry the absolute path of the path entry
     * @throws IOException when a file exists but cannot be read
     */
    Optional<Generation> open(RawPath entry) throws IOException;

    /**
     * The records of some sources in the latest generation, named relative to the entry; empty when there is no index, or
     * when the part that has the records is damaged.
     */
    default Optional<FoundRecords> find(RawPath entry, Collection<RawPath> sources) throws IOException {
        Optional<Generation> opened = open(entry);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (Generation generation = opened.get()) {
            Map<RawPath, SourceRecord> found = new HashMap<>();
            for (RawPath source : sources) {
                generation.get(source).ifPresent(record -> found.put(source, record));
            }
            return Optional.of(new FoundRecords(generation.info(), found));
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /** Starts the next generation from the latest one, or from nothing. */
    Draft draft(RawPath entry) throws IOException;

    /**
     * The facts about the latest generation, without opening the generation. A reader uses them to detect a newer
     * generation.
     */
    Optional<IndexInfo> info(RawPath entry) throws IOException;

    /**
     * The seals in the latest generation; empty when there is none. Reads and verifies no records, so the call takes a small
     * part of the time of {@link #open}.
     */
    Optional<Seals> seals(RawPath entry) throws IOException;

    /** How many pycs have which verdict in the latest generation; empty when there is none. Reads no records. */
    Optional<RecordedVerdicts> verdicts(RawPath entry) throws IOException;

    /**
     * Records that a run found no change since a generation, without writing the index again. Has no effect if the
     * generation was replaced in the meantime.
     *
     * @param checkedAtNanos when the run began, in nanoseconds since 1970
     */
    void confirm(IndexInfo state, long checkedAtNanos) throws IOException;

    /** All indexes with a readable header; the rest of each file is not verified. */
    List<IndexInfo> list() throws IOException;

    /**
     * The index files, sorted, that {@link #list} leaves out because they are damaged or unreadable, and those that were set
     * aside and not replaced since.
     */
    default List<Path> damaged() throws IOException {
        return List.of();
    }

    /** Reads every record of an entry's index; empty when there is none. */
    Optional<IndexVerification> verify(RawPath entry) throws IOException;

    /** Removes an entry's index; nothing happens when there is none. */
    void remove(RawPath entry) throws IOException;
}
