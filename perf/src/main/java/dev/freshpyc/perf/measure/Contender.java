package dev.freshpyc.perf.measure;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * A program to measure.
 *
 * @param accepted exit codes of a run that did its work; any other one ends the measurement
 * @param before makes things as each run is to find them, and is not measured
 */
public record Contender(String name, List<String> command, Set<Integer> accepted, Preparation before) {

    /** What has to be done before a run. */
    @FunctionalInterface
    public interface Preparation {
        void run() throws IOException, InterruptedException;
    }

    /** A program that every run leaves as it was. */
    public Contender(String name, List<String> command, Set<Integer> accepted) {
        this(name, command, accepted, () -> {});
    }

    public Contender {
        command = List.copyOf(command);
        accepted = Set.copyOf(accepted);
    }
}
