package dev.freshpyc.perf.startup;

import java.util.List;

/**
 * One measured start of a command.
 *
 * @param importsMillis until the report of the last import before the answer arrived; 0 if nothing was imported
 * @param answerMillis until the first answer: the line that was waited for, or the end of the command
 */
public record StartRun(double importsMillis, double answerMillis, List<ImportTime> imports, List<String> verbose) {

    public StartRun {
        imports = List.copyOf(imports);
        verbose = List.copyOf(verbose);
    }
}
