package dev.freshpyc.indexer.repair.plan;

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
public record SourceTimeChange(PathEntry entry, RawPath source, FileStamp stamp, long seconds) {

    /** What tells sources apart. */
    public record Key(int entry, RawPath source) {}

    public Key key() {
        return new Key(entry.index(), source);
    }

    public static Key keyOf(FileLocation location) {
        return new Key(location.entry().index(), location.source());
    }

    public FileLocation location() {
        return new FileLocation(entry, source, source, null, OptimizationLevel.NONE);
    }
}
