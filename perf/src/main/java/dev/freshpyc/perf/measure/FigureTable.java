package dev.freshpyc.perf.measure;

import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.measure.Sample.Ratio;
import java.util.Locale;

/** Formats the two tables that a bench prints: one of times and memory, one of ratios. */
public final class FigureTable {

    /** Heading of the table of times and memory. */
    public static final String SERIES = String.format(
            "%-12s %29s   %29s   %10s%n", "", "wall ms: min, median, max", "CPU ms: min, median, max", "peak MB");

    /** Heading of the table of ratios. */
    public static final String RATIOS = String.format("%n%-34s %10s %16s%n", "ratio", "of medians", "median of pairs");

    private FigureTable() {}

    /** A line of times and memory. */
    public static String row(Series series) {
        return String.format(
                Locale.ROOT,
                "%-12s %29s   %29s   %10.1f%n",
                series.contender().name(),
                spread(series.wall()),
                spread(series.cpu()),
                series.peak().max());
    }

    /** A line of a ratio. */
    public static String row(String name, Ratio ratio) {
        return String.format(Locale.ROOT, "%-34s %10.2f %16.2f%n", name, ratio.ofMedians(), ratio.medianOfPairs());
    }

    /** The name of a ratio: {@code subject / yardstick}. */
    public static String ratioName(Series subject, Series yardstick) {
        return subject.contender().name() + " / " + yardstick.contender().name();
    }

    private static String spread(Sample sample) {
        return String.format(Locale.ROOT, "%9.1f %9.1f %9.1f", sample.min(), sample.median(), sample.max());
    }
}
