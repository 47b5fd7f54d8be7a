package dev.freshpyc.indexer.repair.outcome;

import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.Unrepaired;
import java.util.List;
import java.util.Map;

/**
 * The outcomes of an undo, counted, with the first {@value OutcomeTally#MAX_LISTED} failures by name.
 *
 * @param seen files that the repair changed
 * @param putBack files that have the bytes and times from before the repair again
 * @param removed files that the repair had made
 * @param skipped how many files were left as they are, by reason; {@code AS_WANTED} is among the reasons
 * @param left files that were not put back
 * @param problems what went wrong beyond single files, a line each
 */
public record UndoSummary(
        long seen,
        long putBack,
        long removed,
        Map<SkipReason, Long> skipped,
        List<Unrepaired> left,
        List<String> problems) {

    /** The sums of a tally of undone files. */
    public static UndoSummary of(RepairSummary sums) {
        return new UndoSummary(
                sums.seen(), sums.putBack(), sums.removed(), sums.skipped(), sums.unrepaired(), sums.problems());
    }
}
