package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Where a pyc and its source lie.
 *
 * @param pyc relative to the entry, or absolute under a cache prefix
 * @param source relative to the entry
 * @param tag null for a legacy file
 */
public record FileLocation(
        PathEntry entry,
        RawPath pyc,
        RawPath source,
        @Nullable String tag,
        OptimizationLevel level) {

    /** Sorts the files of one directory next to each other. */
    public static final Comparator<FileLocation> BY_DIRECTORY = Comparator.comparingInt(
                    (FileLocation location) -> location.entry.index())
            .thenComparing(FileLocation::pyc);

    /** The directory of the pyc. */
    public RawPath directory() {
        return pyc.parent();
    }

    /** The path as reports show it. */
    public String shown() {
        return entry.path().resolve(pyc).shown();
    }
}
