package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where indexes are kept, one for each path entry. Any thread may call any of this; opening costs tens of
 * milliseconds the first time in a process, so a caller with something else to do opens on a thread of its own.
 */
public interface IndexStore {

    /**
     * Opens the latest state of an entry's index; empty when there is none. A file that cannot be read as an index is
     * set aside, one that is not to be believed is left where it is; both are told to {@link StoreEvents} and count
     * as none.
     *
     * @param entry absolute
     * @throws IOException when there is a file, and the system does not let it be read
     */
    Optional<Generation> open(RawPath entry) throws IOException;

    /**
     * The records of some sources in the latest state, named relative to the entry; empty when there is no index. Of a large
     * one, this takes a small part of the time of {@link #open} where a store need neither read nor verify the rest.
     */
    default Optional<Found> find(RawPath entry, Collection<RawPath> sources) throws IOException {
        Optional<Generation> opened = open(entry);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (Generation generation = opened.get()) {
            Map<RawPath, SourceRecord> found = new HashMap<>();
            for (RawPath source : sources) {
                generation.get(source).ifPresent(record -> found.put(source, record));
            }
            return Optional.of(new Found(generation.info(), found));
        }
    }

    /** Begins the next state from the latest one, or from nothing. */
    Draft draft(RawPath entry) throws IOException;

    /** What the latest state says of itself, without opening it: how a reader notices that there is a newer one. */
    Optional<IndexInfo> info(RawPath entry) throws IOException;

    /**
     * What vouches for whole directories in the latest state; empty when there is none. The records are neither read nor
     * verified, so this takes a small part of the time of {@link #open}.
     */
    Optional<Seals> seals(RawPath entry) throws IOException;

    /**
     * Tells that a state was found true once more, without writing it again. Nothing is told of one that was overtaken.
     *
     * @param checkedAtNanos when the run began, in nanoseconds since 1970
     */
    void confirm(IndexInfo state, long checkedAtNanos) throws IOException;

    /** All indexes that can be read, by their heads; only opening one tells that the rest of it is whole. */
    List<IndexInfo> list() throws IOException;

    /** Reads every record of an entry's index; empty when there is none. */
    Optional<Verification> verify(RawPath entry) throws IOException;

    /** Removes an entry's index; nothing happens when there is none. */
    void remove(RawPath entry) throws IOException;
}
