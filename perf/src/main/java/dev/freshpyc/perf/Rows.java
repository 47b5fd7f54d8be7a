package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Ratio;
import dev.freshpyc.perf.measure.Sample;
import dev.freshpyc.perf.measure.Series;
import java.util.Locale;

/** The lines of a table of figures. */
final class Rows {

    static final String SERIES = String.format(
            "%-12s %29s   %29s   %10s%n", "", "wall ms: min, median, max", "CPU ms: min, median, max", "peak MB");

    static final String RATIOS = String.format("%n%-34s %10s %16s%n", "ratio", "of medians", "median of pairs");

    private Rows() {}

    static String of(Series series) {
        return String.format(
                Locale.ROOT,
                "%-12s %29s   %29s   %10.1f%n",
                series.contender().name(),
                spread(series.wall()),
                spread(series.cpu()),
                series.peak().max());
    }

    static String of(String name, Ratio ratio) {
        return String.format(Locale.ROOT, "%-34s %10.2f %16.2f%n", name, ratio.ofMedians(), ratio.medianOfPairs());
    }

    /** {@code subject / yardstick}. */
    static String name(Series subject, Series yardstick) {
        return subject.contender().name() + " / " + yardstick.contender().name();
    }

    private static String spread(Sample sample) {
        return String.format(Locale.ROOT, "%9.1f %9.1f %9.1f", sample.min(), sample.median(), sample.max());
    }
}
