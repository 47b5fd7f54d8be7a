package dev.freshpyc.cli.serve.equivalence;

import java.util.Map;
import java.util.Optional;

/**
 * Tells which output a task has made.
 *
 * @param outhash the hash of the output
 * @param unihash what stands for the output, unless it is known already
 * @param details what people want to know of the task, by the columns {@link Column#DETAILS}
 */
public record Report(TaskKey task, String outhash, Optional<String> unihash, Map<Column, String> details)
        implements Question {

    public Report {
        details = Map.copyOf(details);
    }
}
