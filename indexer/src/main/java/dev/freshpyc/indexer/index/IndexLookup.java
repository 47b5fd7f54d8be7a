package dev.freshpyc.indexer.index;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.scan.GivenPath;
import java.io.IOException;
import java.util.Optional;

/** Finds the index that has a file: that of the nearest directory above the file which is an indexed path entry. */
public final class IndexLookup {

    private final IndexStore store;

    public IndexLookup(IndexStore store) {
        this.store = store;
    }

    /**
     * Where a file's record is.
     *
     * @param entry the indexed path entry
     * @param source the file's source relative to the entry
     */
    public record RecordPlace(RawPath entry, RawPath source) {}

    /** The place of the record of a source or a pyc; empty when no index can have the file. */
    public Optional<RecordPlace> find(RawPath path) throws IOException {
        Optional<RawPath> source = GivenPath.sourceOf(path.absolute())
                .map(file -> CanonicalPath.of(file.parent()).resolve(file.name()));
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Optional<RawPath> entry = nearestEntry(source.get().parent());
        return entry.flatMap(above -> source.get().relativeTo(above).map(relative -> new RecordPlace(above, relative)));
    }

    private Optional<RawPath> nearestEntry(RawPath directory) throws IOException {
        RawPath at = directory;
        while (true) {
            if (store.info(at).isPresent()) {
                return Optional.of(at);
            }
            if (at.parent().equals(at) || at.equals(RawPath.EMPTY)) {
                return Optional.empty();
            }
            at = at.parent();
        }
    }
}
