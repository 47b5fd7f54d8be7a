package dev.freshpyc.indexer.library;

import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of a repair, or of its plan.
 *
 * @param seen pycs that were judged
 * @param restamped pycs that got a new header, since their code is proven right
 * @param recompiled pycs that were compiled; of a plan, those that will be compiled, though some may turn out right as they are
 * @param problems what could not be repaired, a line each
 */
public record RepairResult(long seen, long restamped, long recompiled, List<String> problems) {

    static RepairResult of(RepairSummary summary) {
        List<String> problems = new ArrayList<>(summary.problems());
        summary.unrepaired()
                .forEach(file -> problems.add(file.file() + ": " + file.reason().label()
                        + (file.detail().isEmpty() ? "" : " (" + file.detail() + ")")));
        long compiled = summary.recompiled() + summary.compared();
        return new RepairResult(summary.seen(), summary.restamped(), compiled, List.copyOf(problems));
    }
}
