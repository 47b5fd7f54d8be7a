package dev.freshpyc.core.store;

import dev.freshpyc.core.file.RawPath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where indexes are kept, one for each path entry. */
public interface IndexStore {

    /**
     * Opens the latest state of an entry's index; empty when there is none. A file that cannot be read as an index, or is
     * not to be believed, is set aside and reported, and counts as none.
     *
     * @param entry absolute
     */
    Optional<Generation> open(RawPath entry) throws IOException;

    /** Begins the next state from the latest one, or from nothing. */
    Draft draft(RawPath entry) throws IOException;

    /** All indexes that can be read. */
    List<IndexInfo> list() throws IOException;

    /** Removes an entry's index; nothing happens when there is none. */
    void remove(RawPath entry) throws IOException;
}
