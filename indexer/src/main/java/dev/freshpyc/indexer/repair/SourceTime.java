package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.scan.PathEntry;

/**
 * One source that is to get another mtime.
 *
 * @param source relative to the entry
 * @param stamp as it was when that was decided
 * @param seconds the mtime that is wanted, since 1970
 */
record SourceTime(PathEntry entry, RawPath source, FileStamp stamp, long seconds) {

    /** What tells sources apart. */
    record Key(int entry, RawPath source) {}

    Key key() {
        return new Key(entry.index(), source);
    }

    static Key keyOf(Change.Place place) {
        return new Key(place.entry().index(), place.source());
    }

    Change.Place place() {
        return new Change.Place(entry, source, source, null, OptimizationLevel.NONE);
    }
}
