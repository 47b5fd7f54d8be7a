package dev.freshpyc.cli.serve.equivalence;

import java.util.Map;
import java.util.Optional;

/**
 * A report of the output that a task has made.
 *
 * @param outhash the hash of the output
 * @param unihash the unihash of the output where the output is not known already
 * @param details facts about the task for people, by the columns {@link Column#DETAILS}
 */
public record Report(TaskKey task, String outhash, Optional<String> unihash, Map<Column, String> details)
        implements Question {

    public Report {
        details = Map.copyOf(details);
    }
}
