package dev.freshpyc.indexer.repair.change;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RemovalReason;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycPath;

/**
 * The planned removal of one pyc.
 *
 * @param stamp the file's own when the removal was planned: no link leads to the file
 */
public record Removal(FilePlace place, FileStamp stamp, RemovalReason reason) {

    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);

    /** Whether the file lies in a {@code __pycache__}, which is removed too when nothing is left in it. */
    public boolean isInCache() {
        return place.directory().name().equals(CACHE);
    }

    /**
     * The outcome of the removal.
     *
     * @param packaged whether a package's manifest lists a digest of the file
     */
    public Outcome outcome(boolean packaged) {
        return place.outcome(new Effect.Cleaned(reason, stamp.size(), packaged));
    }

    /** The outcome of the removal of the file's directory. */
    public Outcome directoryOutcome() {
        return new Outcome(
                place.entry().path(),
                null,
                place.directory(),
                null,
                OptimizationLevel.NONE,
                new Effect.DirectoryCleaned());
    }
}
