package dev.freshpyc.perf.measure;

import java.util.List;
import java.util.Set;

/**
 * A program to measure.
 *
 * @param accepted exit codes of a run that did its work; any other one ends the measurement
 */
public record Contender(String name, List<String> command, Set<Integer> accepted) {

    public Contender {
        command = List.copyOf(command);
        accepted = Set.copyOf(accepted);
    }
}
