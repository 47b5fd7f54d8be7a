package dev.freshpyc.perf.measure;

import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.measure.Sample.Ratio;
import java.util.List;
import java.util.Locale;

/** The tables that most benches have: one of times and memory, one of ratios. */
public final class FigureTable {

    /** An empty table of ratios. */
    public static final Table RATIOS = Table.of("ratio", "of medians", "median of pairs");

    /** An empty table of times. */
    public static final Table TIMES = Table.of("", "ms", "min", "max");

    private FigureTable() {}

    /** The times and the memory of programs. */
    public static Table of(List<Series> all) {
        Table table = Table.of("", "wall ms", "min", "max", "CPU ms", "min", "max", "peak MB");
        for (Series series : all) {
            Sample wall = series.wall();
            Sample cpu = series.cpu();
            table = table.with(List.of(
                    series.contender().name(),
                    number(wall.median()),
                    number(wall.min()),
                    number(wall.max()),
                    number(cpu.median()),
                    number(cpu.min()),
                    number(cpu.max()),
                    number(series.peak().max())));
        }
        return table;
    }

    /** A row of {@link #RATIOS}. */
    public static List<String> row(String name, Ratio ratio) {
        return List.of(name, hundredths(ratio.ofMedians()), hundredths(ratio.medianOfPairs()));
    }

    /** A row of {@link #RATIOS}: the wall-clock times of two programs. */
    public static List<String> wallRatio(Series subject, Series yardstick) {
        return row(ratioName(subject, yardstick) + ", wall", Ratio.of(subject.wall(), yardstick.wall()));
    }

    /** A row of {@link #RATIOS}: the CPU times of two programs. */
    public static List<String> cpuRatio(Series subject, Series yardstick) {
        return row(ratioName(subject, yardstick) + ", CPU", Ratio.of(subject.cpu(), yardstick.cpu()));
    }

    /** A row of {@link #TIMES}: the median, the least and the most of some milliseconds. */
    public static List<String> row(String name, Sample millis) {
        return List.of(name, hundredths(millis.median()), hundredths(millis.min()), hundredths(millis.max()));
    }

    /** The name of a ratio: {@code subject / yardstick}. */
    public static String ratioName(Series subject, Series yardstick) {
        return subject.contender().name() + " / " + yardstick.contender().name();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }

    private static String hundredths(double value) {
        return String.format(Locale.ROOT, "%,.2f", value);
    }
}
