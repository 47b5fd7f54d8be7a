package dev.freshpyc.indexer.repair.change;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.repair.change.FilePlace.SourceKey;
import dev.freshpyc.indexer.scan.PathEntry;

/**
 * One source that is to get another mtime.
 *
 * @param source relative to the entry
 * @param stamp the source's stamp when the change was planned
 * @param seconds the new mtime, in seconds since 1970
 */
public record SourceTimeChange(PathEntry entry, RawPath source, FileStamp stamp, long seconds) {

    /** The source as a key for maps. */
    public SourceKey key() {
        return new SourceKey(entry, source);
    }

    /** The place of the source: its own path stands for that of a pyc. */
    public FilePlace place() {
        return new FilePlace(entry, source, source, null, OptimizationLevel.NONE);
    }
}
