package dev.freshpyc.cli.bench;

import dev.freshpyc.cli.option.ValueConverters;
import dev.freshpyc.perf.startup.Interval;
import dev.freshpyc.perf.startup.StartSeries;
import java.util.List;
import java.util.Locale;

/** Draws the runs of each state as dots on one axis, with the median and its interval. */
final class StartPlot {

    private static final int ROW = 58;
    private static final int LANES = 3;
    private static final int AXIS = 30;

    /** Shares of the width that stay free, so that dots and labels at the ends are not cut off. */
    private static final double LEFT = 0.015;

    private static final double RIGHT = 0.04;

    private static final int TICKS = 6;

    private final List<StartSeries> series;
    private final double step;
    private final double end;
    private final StringBuilder svg = new StringBuilder();

    private StartPlot(List<StartSeries> series) {
        this.series = series;
        end = Math.max(
                1e-3,
                series.stream().mapToDouble(one -> one.answer().max()).max().orElse(0));
        step = step(end);
    }

    /** The picture as SVG, as wide as its place. */
    static String svg(List<StartSeries> series) {
        return new StartPlot(series).draw();
    }

    private String draw() {
        int height = series.size() * ROW;
        svg.append(
                        "<svg class=\"plot\" role=\"img\" aria-label=\"Every run of each state, with medians and 95 % intervals, in")
                .append(" milliseconds from 0; the table below has the figures\" width=\"100%\" height=\"")
                .append(height + AXIS)
                .append("\">\n");
        for (int i = 0; i * step <= end; i++) {
            tick(i * step, height);
        }
        for (int i = 0; i < series.size(); i++) {
            row(series.get(i), i * ROW);
        }
        return svg.append("</svg>").toString();
    }

    private void tick(double millis, int height) {
        String x = x(millis);
        svg.append("<line class=\"grid\" x1=\"").append(x).append("\" x2=\"").append(x);
        svg.append("\" y1=\"0\" y2=\"").append(height + 6).append("\"/>");
        svg.append("<text class=\"tick\" text-anchor=\"").append(millis == 0 ? "start" : "middle");
        svg.append("\" x=\"").append(x).append("\" y=\"").append(height + 22).append("\">");
        svg.append(number(millis)).append(millis == 0 ? " ms" : "").append("</text>\n");
    }

    private void row(StartSeries one, int top) {
        Interval interval = Interval.of(one.answer());
        String state = ValueConverters.label(one.state());
        svg.append("<g><text class=\"state\" x=\"")
                .append(x(0))
                .append("\" dx=\"6\" y=\"")
                .append(top + 18);
        svg.append("\">").append(state).append("</text>\n");
        line("interval", interval.low(), interval.high(), top + 47, top + 47);
        List<Double> times = one.answer().values();
        for (int run = 0; run < times.size(); run++) {
            svg.append("<circle class=\"run\" r=\"3.5\" cx=\"").append(x(times.get(run)));
            svg.append("\" cy=\"").append(top + 29 + 5 * (run % LANES));
            svg.append(String.format(Locale.ROOT, "\" data-millis=\"%.3f\"><title>", times.get(run)));
            svg.append(String.format(Locale.ROOT, "%s, run %d: %.1f ms", state, run + 1, times.get(run)));
            svg.append("</title></circle>");
        }
        line("median", interval.median(), interval.median(), top + 24, top + 52);
        svg.append("</g>\n");
    }

    private void line(String kind, double from, double to, int top, int bottom) {
        svg.append("<line class=\"")
                .append(kind)
                .append("\" x1=\"")
                .append(x(from))
                .append("\" x2=\"")
                .append(x(to));
        svg.append("\" y1=\"").append(top).append("\" y2=\"").append(bottom).append("\"/>");
    }

    private String x(double millis) {
        return percent(LEFT + (1 - LEFT - RIGHT) * millis / end);
    }

    /** A length of SVG, as a share of the picture's width. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.3f%%", share * 100);
    }

    /** The smallest of 1, 2 and 5 times a power of ten that needs no more than {@value #TICKS} steps. */
    private static double step(double longest) {
        double power = Math.pow(10, Math.floor(Math.log10(longest / TICKS)));
        for (int factor : new int[] {1, 2, 5}) {
            if (longest <= factor * power * TICKS) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String number(double millis) {
        return millis == Math.rint(millis)
                ? String.format(Locale.ROOT, "%.0f", millis)
                : String.format(Locale.ROOT, "%.1f", millis);
    }
}
