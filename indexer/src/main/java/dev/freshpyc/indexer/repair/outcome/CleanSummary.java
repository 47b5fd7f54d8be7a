package dev.freshpyc.indexer.repair.outcome;

import dev.freshpyc.core.plan.RemovalReason;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.Packaged;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.Unrepaired;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The outcomes of a clean, counted, with the first {@value OutcomeTally#MAX_LISTED} failures by name.
 *
 * @param seen pycs that were looked at
 * @param removed the removed pycs, or of a plan those that would be, by reason
 * @param directories directories that were empty then and were removed too
 * @param packaged removed pycs whose digests stand in manifests of packages
 * @param records what became of the records themselves, and of files that were left for their sake
 * @param left pycs that should have been removed and were not
 * @param problems what went wrong beyond single files, a line each
 */
public record CleanSummary(
        long seen,
        Map<RemovalReason, Removed> removed,
        long directories,
        Packaged packaged,
        RecordSummary records,
        List<Unrepaired> left,
        List<String> problems) {

    /** A number of files and their bytes. */
    public record Removed(long files, long bytes) {

        Removed plus(Removed other) {
            return new Removed(files + other.files, bytes + other.bytes);
        }
    }

    /** Copies the collections. */
    public CleanSummary {
        removed = removed.isEmpty() ? Map.of() : new EnumMap<>(removed);
        left = List.copyOf(left);
        problems = List.copyOf(problems);
    }

    /** All removed files. */
    public Removed total() {
        return removed.values().stream().reduce(new Removed(0, 0), Removed::plus);
    }
}
