package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Claim;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * The figures of {@link GrowthBench}.
 *
 * @param sizes from the smallest to the largest
 */
record GrowthFigures(List<SizeFigures> sizes) implements BenchRun.Figures {

    private static final String NAME = "%-22s";
    private static final String COLUMN = "%12s";

    GrowthFigures {
        sizes = List.copyOf(sizes);
    }

    @Override
    public List<Claim> claims() {
        return new GrowthClaims(sizes).all();
    }

    @Override
    public String table() {
        StringBuilder table = new StringBuilder();
        works(table, "wall ms, median", "%,.1f", SizeFigures::wall);
        works(table, "microseconds a pair", "%,.2f", SizeFigures::eachPair);
        works(table, "peak MB", "%,.1f", SizeFigures::peak);
        heading(table, "index");
        row(table, "MB", "%,.2f", size -> size.indexBytes() / 1e6);
        row(table, "bytes a pair", "%,.0f", size -> (double) size.indexBytes() / size.pairs());
        table.append(System.lineSeparator());
        heading(table, "ratios");
        row(table, "unchanged / audit", "%.2f", size -> size.ratio(GrowthWork.UNCHANGED, size, GrowthWork.AUDIT));
        row(table, "undo / repair", "%.2f", size -> size.ratio(GrowthWork.UNDO, size, GrowthWork.REPAIR));
        failures(table);
        return table.toString();
    }

    private void works(
            StringBuilder table, String what, String format, ToDoubleBiFunction<SizeFigures, GrowthWork> figure) {
        heading(table, what);
        for (GrowthWork work : GrowthWork.values()) {
            row(table, work.label(), format, size -> figure.applyAsDouble(size, work));
        }
        table.append(System.lineSeparator());
    }

    private void heading(StringBuilder table, String what) {
        table.append(String.format(Locale.ROOT, NAME, what));
        for (SizeFigures size : sizes) {
            table.append(String.format(Locale.ROOT, COLUMN, String.format(Locale.ROOT, "%,d", size.pairs())));
        }
        table.append(System.lineSeparator());
    }

    private void row(StringBuilder table, String name, String format, ToDoubleFunction<SizeFigures> figure) {
        table.append(String.format(Locale.ROOT, NAME, "  " + name));
        for (SizeFigures size : sizes) {
            double value = figure.applyAsDouble(size);
            String text = Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "failed";
            table.append(String.format(Locale.ROOT, COLUMN, text));
        }
        table.append(System.lineSeparator());
    }

    private void failures(StringBuilder table) {
        for (SizeFigures size : sizes) {
            for (GrowthWork work : GrowthWork.values()) {
                size.failure(work)
                        .ifPresent(line -> table.append(
                                String.format(Locale.ROOT, "failed at %,d pairs: %s%n", size.pairs(), line)));
            }
        }
    }
}
