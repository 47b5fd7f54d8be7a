package dev.freshpyc.perf.startup;

import dev.freshpyc.indexer.host.ChildCpuTime;
import java.util.List;
import java.util.Optional;

/**
 * One measured start of a command.
 *
 * @param importsMillis until the report of the last import before the answer arrived; 0 if no import was reported
 * @param answerMillis until the first answer: the line that was waited for, or the end of the command
 * @param cpu of the command and its descendants until its end; empty where the answer comes before the end, or no kernel tells it
 */
public record StartRun(
        double importsMillis,
        double answerMillis,
        Optional<ChildCpuTime> cpu,
        List<ImportTime> imports,
        List<String> verbose) {

    public StartRun {
        imports = List.copyOf(imports);
        verbose = List.copyOf(verbose);
    }
}
