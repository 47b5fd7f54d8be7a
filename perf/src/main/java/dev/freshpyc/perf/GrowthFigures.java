package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.Table;
import dev.freshpyc.perf.report.Content;
import dev.freshpyc.perf.report.LineChart;
import dev.freshpyc.perf.report.LineChart.Line;
import dev.freshpyc.perf.report.LineChart.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * The figures of {@link GrowthBench}.
 *
 * @param sizes from the smallest to the largest
 * @param pictures how the names of the pictures begin
 */
record GrowthFigures(List<SizeFigures> sizes, String pictures) implements BenchRun.Figures {

    GrowthFigures {
        sizes = List.copyOf(sizes);
    }

    @Override
    public List<Claim> claims() {
        return new GrowthClaims(sizes).all();
    }

    @Override
    public List<Content> contents() {
        List<Content> contents = new ArrayList<>();
        contents.add(works("wall ms, median", "%,.1f", SizeFigures::wall));
        contents.add(works("microseconds a pair", "%,.2f", SizeFigures::eachPair));
        contents.add(works("peak MB", "%,.1f", SizeFigures::peak));
        contents.add(new Content.Tabled(heading("index")
                .with(row("MB", "%,.2f", size -> size.indexBytes() / 1e6))
                .with(row("bytes a pair", "%,.0f", size -> (double) size.indexBytes() / size.pairs()))));
        contents.add(new Content.Tabled(heading("ratios")
                .with(row(
                        "unchanged / audit", "%.2f", size -> size.ratio(GrowthWork.UNCHANGED, size, GrowthWork.AUDIT)))
                .with(row("undo / repair", "%.2f", size -> size.ratio(GrowthWork.UNDO, size, GrowthWork.REPAIR)))));
        failures(contents);
        picture(contents, pictures + "-time.svg", "Milliseconds by number of pairs", SizeFigures::wall);
        picture(contents, pictures + "-memory.svg", "Peak of resident MB by number of pairs", SizeFigures::peak);
        return contents;
    }

    private Content works(String what, String format, ToDoubleBiFunction<SizeFigures, GrowthWork> figure) {
        Table table = heading(what);
        for (GrowthWork work : GrowthWork.values()) {
            table = table.with(row(work.label(), format, size -> figure.applyAsDouble(size, work)));
        }
        return new Content.Tabled(table);
    }

    private Table heading(String what) {
        List<String> heading = new ArrayList<>(List.of(what));
        sizes.forEach(size -> heading.add(String.format(Locale.ROOT, "%,d", size.pairs())));
        return new Table(heading, List.of());
    }

    private List<String> row(String name, String format, ToDoubleFunction<SizeFigures> figure) {
        List<String> row = new ArrayList<>(List.of(name));
        for (SizeFigures size : sizes) {
            double value = figure.applyAsDouble(size);
            row.add(Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "failed");
        }
        return row;
    }

    private void failures(List<Content> contents) {
        for (SizeFigures size : sizes) {
            for (GrowthWork work : GrowthWork.values()) {
                size.failure(work)
                        .ifPresent(line -> contents.add(new Content.Note(
                                String.format(Locale.ROOT, "failed at %,d pairs: %s", size.pairs(), line))));
            }
        }
    }

    /** Adds a picture of the works that did not fail. */
    private void picture(
            List<Content> contents, String file, String title, ToDoubleBiFunction<SizeFigures, GrowthWork> figure) {
        List<Line> lines = new ArrayList<>();
        for (GrowthWork work : GrowthWork.values()) {
            List<Point> points = sizes.stream()
                    .map(size -> new Point(size.pairs(), figure.applyAsDouble(size, work)))
                    .filter(point -> Double.isFinite(point.y()))
                    .toList();
            lines.add(new Line(work.label(), points));
        }
        LineChart chart = new LineChart(title, "pairs", lines);
        if (!chart.isEmpty()) {
            contents.add(new Content.Picture(file, title, chart.svg()));
        }
    }
}
