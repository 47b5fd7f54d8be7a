package dev.freshpyc.perf.application;

import dev.freshpyc.perf.measure.Sample;
import dev.freshpyc.perf.measure.Table;
import dev.freshpyc.perf.report.BarChart;
import dev.freshpyc.perf.report.BarChart.Bar;
import dev.freshpyc.perf.report.BarChart.Group;
import dev.freshpyc.perf.startup.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Milliseconds of the starts of applications in several states.
 *
 * @param yardstick the state that the others are compared with
 */
public record StartTimes(String yardstick, List<Start> starts) {

    /** The starts of one application in one state. */
    public record Start(String application, String state, Sample millis) {}

    public StartTimes {
        starts = List.copyOf(starts);
    }

    /** How many times as long a start takes as one of the same application in the yardstick's state. */
    public double factor(String application, String state) {
        return find(application, state).millis().median()
                / find(application, yardstick).millis().median();
    }

    /** The names of the applications, in the order of measurement. */
    public List<String> applications() {
        return starts.stream().map(Start::application).distinct().toList();
    }

    private Start find(String application, String state) {
        return starts.stream()
                .filter(start ->
                        start.application().equals(application) && start.state().equals(state))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(application + " was not started in state " + state));
    }

    /** A row for each application and state. */
    public Table table() {
        Table table = Table.of("application", "state", "ms", "from", "to", "factor to " + yardstick);
        for (Start start : starts) {
            Interval interval = Interval.of(start.millis());
            table = table.with(List.of(
                    start.application(),
                    start.state(),
                    shown("%,.1f", interval.median()),
                    shown("%,.1f", interval.low()),
                    shown("%,.1f", interval.high()),
                    shown("%.2f", factor(start.application(), start.state()))));
        }
        return table;
    }

    /** A group of bars for each application. */
    public BarChart chart(String title) {
        Map<String, List<Bar>> bars = new LinkedHashMap<>();
        for (Start start : starts) {
            Interval interval = Interval.of(start.millis());
            bars.computeIfAbsent(start.application(), _ -> new ArrayList<>())
                    .add(new Bar(start.state(), interval.low(), interval.median(), interval.high()));
        }
        return new BarChart(
                title,
                "ms",
                bars.entrySet().stream()
                        .map(group -> new Group(group.getKey(), group.getValue()))
                        .toList());
    }

    private static String shown(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
