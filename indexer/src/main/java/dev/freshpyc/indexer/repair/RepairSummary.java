package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.plan.SkipReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a repair did.
 *
 * @param seen bytecode files looked at
 * @param restamped files whose header alone was written
 * @param recompiled files that were compiled
 * @param sourceTimes sources whose mtime was set
 * @param left why files were left as they are, those that are as wanted among them
 * @param unrepaired files that are not as wanted, each with the reason
 * @param syntaxFaults sources that do not compile, which is no failure of the repair
 * @param troubles what went wrong beyond single files, a line each
 */
public record RepairSummary(
        long seen,
        long restamped,
        long recompiled,
        long sourceTimes,
        Map<SkipReason, Long> left,
        List<Unrepaired> unrepaired,
        List<Unrepaired> syntaxFaults,
        List<String> troubles) {

    /** A file that is not as wanted; paths are shown as reports show them. */
    public record Unrepaired(String file, SkipReason why, String detail) {}

    public RepairSummary {
        left = left.isEmpty() ? Map.of() : new EnumMap<>(left);
        syntaxFaults = List.copyOf(syntaxFaults);
        unrepaired = List.copyOf(unrepaired);
        troubles = List.copyOf(troubles);
    }

    /** Whether anything was changed, or would have been. */
    public boolean changes() {
        return restamped + recompiled + sourceTimes > 0;
    }
}
