package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.path.RawPath;
import java.util.List;

/**
 * The result of a rollback, or of the plan of a rollback.
 *
 * @param seen pycs of the snapshot
 * @param putBack pycs that have the bytes and times of the save again
 * @param asWanted pycs that had the bytes of the save
 * @param leftCount pycs that are not those of the save
 * @param left the first pycs that are not those of the save, by path
 * @param changed the sources that have another content than at the save, relative to the entry; their records in the index need a
 *     refresh
 * @param problems failures that concern no single file, a line each
 */
public record RollbackSummary(
        long seen,
        long putBack,
        long asWanted,
        long leftCount,
        List<LeftPyc> left,
        List<RawPath> changed,
        List<String> problems) {

    /**
     * A pyc that was left as it is.
     *
     * @param pyc absolute
     * @param why for the user
     */
    public record LeftPyc(RawPath pyc, String why) {}

    public RollbackSummary {
        left = List.copyOf(left);
        changed = List.copyOf(changed);
        problems = List.copyOf(problems);
    }
}
