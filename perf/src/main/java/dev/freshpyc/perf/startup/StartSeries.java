package dev.freshpyc.perf.startup;

import dev.freshpyc.indexer.host.ChildCpuTime;
import dev.freshpyc.perf.measure.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The counted runs of one state, in order. */
public record StartSeries(StartState state, List<StartRun> runs) {

    public StartSeries {
        runs = List.copyOf(runs);
    }

    /** Median times of a module's import, in microseconds, without and with its own imports. */
    record ModuleTime(long self, long cumulative) {}

    /** Milliseconds until the first answer. */
    public Sample answer() {
        return new Sample(runs.stream().map(StartRun::answerMillis).toList());
    }

    /** Milliseconds until the last import before the first answer was done; empty if no run reported imports, as with PyPy. */
    public Optional<Sample> imports() {
        List<Double> times = runs.stream().map(StartRun::importsMillis).toList();
        return times.stream().anyMatch(millis -> millis > 0) ? Optional.of(new Sample(times)) : Optional.empty();
    }

    /** The processor time of each run; empty if one of them has none. */
    public Optional<List<ChildCpuTime>> cpu() {
        List<ChildCpuTime> times =
                runs.stream().map(StartRun::cpu).flatMap(Optional::stream).toList();
        return times.size() == runs.size() ? Optional.of(times) : Optional.empty();
    }

    /** The run that stands for the others: the one in the middle, by the time until the first answer. */
    public StartRun middleRun() {
        List<StartRun> sorted = runs.stream()
                .sorted(Comparator.comparingDouble(StartRun::answerMillis))
                .toList();
        return sorted.get((sorted.size() - 1) / 2);
    }

    /** The medians of the times of each module, by name. */
    Map<String, ModuleTime> modules() {
        Map<String, List<ImportTime>> byName = new TreeMap<>();
        for (StartRun run : runs) {
            for (ImportTime time : run.imports()) {
                byName.computeIfAbsent(time.module(), _ -> new ArrayList<>()).add(time);
            }
        }
        Map<String, ModuleTime> medians = new TreeMap<>();
        byName.forEach((name, times) -> medians.put(
                name,
                new ModuleTime(
                        Math.round(median(
                                times.stream().map(time -> (double) time.self()).toList())),
                        Math.round(median(times.stream()
                                .map(time -> (double) time.cumulative())
                                .toList())))));
        return medians;
    }

    private static double median(List<Double> values) {
        return new Sample(values).median();
    }
}
