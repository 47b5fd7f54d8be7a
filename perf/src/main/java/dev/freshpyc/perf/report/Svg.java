package dev.freshpyc.perf.report;

import java.util.List;
import java.util.Locale;

/** An SVG picture with lines, bars and labels, whose colours follow the reader's light or dark scheme. */
final class Svg {

    /** Anchors of labels. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** Number of colours; a further one is the first again. */
    static final int COLOURS = 9;

    private static final String STYLE = """
            <style>
            :root { --ink: #1f2328; --faint: #d0d7de; --paper: #ffffff }
            text { font: 12px sans-serif; fill: var(--ink) }
            .title { font-size: 14px; font-weight: bold }
            .grid { stroke: var(--faint) }
            .spread { stroke: var(--ink) }
            .paper { fill: var(--paper) }
            polyline { fill: none; stroke-width: 2 }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #3d444d; --paper: #0d1117 } }
            </style>
            """;

    /** Colours that differ for readers who confuse red and green, and that are readable on white and on black. */
    private static final List<String> PALETTE =
            List.of("#3b82c4", "#e69f00", "#009e73", "#d55e00", "#b86bb0", "#8c8c8c", "#8b6d3f", "#56b4e9", "#a3a300");

    private final int width;
    private final int height;
    private final StringBuilder body = new StringBuilder();

    Svg(int width, int height, String title) {
        this.width = width;
        this.height = height;
        body.append("<title>").append(escaped(title)).append("</title>\n");
        add(String.format(Locale.ROOT, "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", width, height));
        add(String.format(Locale.ROOT, "<text class=\"title\" x=\"16\" y=\"24\">%s</text>", escaped(title)));
    }

    void grid(double x1, double y1, double x2, double y2) {
        line("grid", x1, y1, x2, y2);
    }

    /** A thin line that shows an interval. */
    void spread(double x1, double y1, double x2, double y2) {
        line("spread", x1, y1, x2, y2);
    }

    private void line(String style, double x1, double y1, double x2, double y2) {
        add(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    void label(double x, double y, Anchor anchor, String text) {
        add(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                x,
                y,
                anchor.name().toLowerCase(Locale.ROOT),
                escaped(text)));
    }

    void bar(int colour, double x, double y, double barWidth, double barHeight) {
        add(String.format(
                Locale.ROOT,
                "<rect fill=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                PALETTE.get(colour % COLOURS),
                x,
                y,
                barWidth,
                barHeight));
    }

    /** A line through points, which are pairs of x and y with a blank between points. */
    void path(int colour, String points) {
        add(String.format(
                Locale.ROOT, "<polyline stroke=\"%s\" points=\"%s\"/>", PALETTE.get(colour % COLOURS), points));
    }

    void dot(int colour, double x, double y) {
        add(String.format(
                Locale.ROOT,
                "<circle fill=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>",
                PALETTE.get(colour % COLOURS),
                x,
                y));
    }

    private void add(String element) {
        body.append(element).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">%n",
                        width,
                        height,
                        width,
                        height)
                + STYLE + body + "</svg>\n";
    }
}
