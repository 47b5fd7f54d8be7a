package dev.freshpyc.perf.report;

import dev.freshpyc.perf.report.Svg.Anchor;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Lines over two logarithmic axes, where proportional growth is a diagonal and constant time is level.
 *
 * @param axis what the x axis counts
 */
public record LineChart(String title, String axis, List<Line> lines) {

    private static final int LEFT = 80;
    private static final int TOP = 48;
    private static final int WIDTH = 480;
    private static final int HEIGHT = 340;
    private static final int LEGEND = 190;
    private static final int ROW = 22;

    /** A named line with its points, from left to right. */
    public record Line(String name, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /** A point, both of whose numbers are greater than 0. */
    public record Point(double x, double y) {}

    /** Powers of ten that hold all values of an axis. */
    private record Decades(int low, int high) {

        static Decades of(DoubleStream values) {
            var all = values.map(Math::log10).summaryStatistics();
            int low = (int) Math.floor(all.getMin());
            return new Decades(low, Math.max(low + 1, (int) Math.ceil(all.getMax())));
        }

        double share(double value) {
            return (Math.log10(value) - low) / (high - low);
        }

        static String shown(int decade) {
            return String.format(Locale.ROOT, decade < 0 ? "%." + -decade + "f" : "%,.0f", Math.pow(10, decade));
        }
    }

    public LineChart {
        lines = lines.stream().filter(line -> !line.points().isEmpty()).toList();
    }

    /** Whether there is nothing to draw. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The picture. The names are listed from the highest to the lowest last point, as the lines end. */
    public String svg() {
        Svg svg = new Svg(LEFT + WIDTH + LEGEND, TOP + HEIGHT + 60, title);
        Decades across = Decades.of(points().mapToDouble(Point::x));
        Decades up = Decades.of(points().mapToDouble(Point::y));
        for (int decade = across.low(); decade <= across.high(); decade++) {
            double x = x(across, Math.pow(10, decade));
            svg.grid(x, TOP, x, TOP + HEIGHT);
            svg.label(x, TOP + HEIGHT + 18, Anchor.MIDDLE, Decades.shown(decade));
        }
        for (int decade = up.low(); decade <= up.high(); decade++) {
            double y = y(up, Math.pow(10, decade));
            svg.grid(LEFT, y, LEFT + WIDTH, y);
            svg.label(LEFT - 8, y + 4, Anchor.END, Decades.shown(decade));
        }
        svg.label(LEFT + WIDTH / 2.0, TOP + HEIGHT + 42, Anchor.MIDDLE, axis);
        draw(svg, across, up);
        return svg.toString();
    }

    private void draw(Svg svg, Decades across, Decades up) {
        List<Line> falling = lines.stream()
                .sorted(Comparator.comparingDouble(
                        (Line line) -> -line.points().getLast().y()))
                .toList();
        for (Line line : lines) {
            int colour = lines.indexOf(line);
            svg.path(
                    colour,
                    line.points().stream()
                            .map(point ->
                                    String.format(Locale.ROOT, "%.1f,%.1f", x(across, point.x()), y(up, point.y())))
                            .collect(Collectors.joining(" ")));
            line.points().forEach(point -> svg.dot(colour, x(across, point.x()), y(up, point.y())));
            double row = TOP + 12.0 + ROW * falling.indexOf(line);
            svg.bar(colour, LEFT + WIDTH + 20, row - 6, 18, 4);
            svg.label(LEFT + WIDTH + 46, row, Anchor.START, line.name());
        }
    }

    private Stream<Point> points() {
        return lines.stream().flatMap(line -> line.points().stream());
    }

    private static double x(Decades across, double value) {
        return LEFT + WIDTH * across.share(value);
    }

    private static double y(Decades up, double value) {
        return TOP + HEIGHT * (1 - up.share(value));
    }
}
