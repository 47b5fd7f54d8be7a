package dev.freshpyc.indexer.repair.change;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of a pyc, and the source it belongs to.
 *
 * @param pyc relative to the entry, or absolute under a cache prefix or behind a link to its directory
 * @param source relative to the entry
 * @param tag null for a legacy file
 */
public record FilePlace(
        PathEntry entry,
        RawPath pyc,
        RawPath source,
        @Nullable String tag,
        OptimizationLevel level) {

    /** Sorts the files of one directory next to each other, so that a writer opens each directory once. */
    public static final Comparator<FilePlace> BY_DIRECTORY =
            Comparator.comparing(FilePlace::entry).thenComparing(FilePlace::pyc);

    /** The place of a sighted pyc; behind a link to its directory, the place where the pyc really is. */
    public static FilePlace of(Sighting sighting) {
        @Nullable CacheTag tag = sighting.tag();
        RawPath pyc = sighting.hasPyc() ? sighting.pyc().orElseThrow() : sighting.expectedPyc();
        return new FilePlace(
                sighting.entry(),
                sighting.cacheBehindLink()
                        .map(directory -> directory.resolve(pyc.name()))
                        .orElse(pyc),
                sighting.sourceKey().orElseThrow(),
                tag == null ? null : tag.name(),
                sighting.level());
    }

    /** Whether the name is that of a {@code .pyo} beside its source, which {@code -O} and {@code -OO} of old versions share. */
    public boolean isOfAnyOptimization() {
        return tag == null && !level.equals(OptimizationLevel.NONE);
    }

    /** The levels that the code may have: the name of a pyc tells one level, that of a {@code .pyo} either of two. */
    public List<OptimizationLevel> possibleLevels() {
        return isOfAnyOptimization() ? List.of(OptimizationLevel.O1, OptimizationLevel.O2) : List.of(level);
    }

    /** The directory of the pyc, relative to the entry or absolute under a cache prefix. */
    public RawPath directory() {
        return pyc.parent();
    }

    /** The source that the pyc belongs to, as a key for maps. */
    public SourceKey sourceKey() {
        return new SourceKey(entry, source);
    }

    /** The outcome of this pyc. */
    public Outcome outcome(Outcome.Effect effect) {
        return new Outcome(entry.path(), source, pyc, tag, level, effect);
    }

    /** The outcome of the source alone. */
    public Outcome sourceOutcome(Outcome.Effect effect) {
        return new Outcome(entry.path(), source, null, null, OptimizationLevel.NONE, effect);
    }

    /**
     * One source among those of all entries.
     *
     * @param source relative to the entry
     */
    public record SourceKey(PathEntry entry, RawPath source) {}
}
