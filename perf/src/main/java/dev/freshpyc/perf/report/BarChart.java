package dev.freshpyc.perf.report;

import dev.freshpyc.perf.report.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Groups of horizontal bars, each with the interval of its value. Bars of one name have one colour in all groups. */
public record BarChart(String title, String unit, List<Group> groups) {

    private static final int LEFT = 190;
    private static final int TOP = 44;
    private static final int WIDTH = 440;
    private static final int RIGHT = 110;
    private static final int ROW = 18;
    private static final int GAP = 32;

    /** Bars below one heading. */
    public record Group(String name, List<Bar> bars) {
        public Group {
            bars = List.copyOf(bars);
        }
    }

    /** A value between the ends of its interval. */
    public record Bar(String name, double low, double value, double high) {}

    public BarChart {
        groups = List.copyOf(groups);
    }

    /** The picture. */
    public String svg() {
        int rows = groups.stream().mapToInt(group -> group.bars().size()).sum();
        double longest = groups.stream()
                .flatMap(group -> group.bars().stream())
                .mapToDouble(Bar::high)
                .max()
                .orElse(1);
        Svg svg = new Svg(LEFT + WIDTH + RIGHT, TOP + ROW * rows + GAP * groups.size() + 12, title);
        List<String> names = new ArrayList<>();
        int y = TOP;
        for (Group group : groups) {
            y += GAP;
            svg.label(16, y - 8, Anchor.START, group.name());
            for (Bar bar : group.bars()) {
                if (!names.contains(bar.name())) {
                    names.add(bar.name());
                }
                draw(svg, bar, names.indexOf(bar.name()), y, WIDTH / longest);
                y += ROW;
            }
        }
        return svg.toString();
    }

    private void draw(Svg svg, Bar bar, int colour, int y, double scale) {
        double middle = y + ROW / 2.0;
        svg.label(LEFT - 8, middle + 4, Anchor.END, bar.name());
        svg.bar(colour, LEFT, y + 3, bar.value() * scale, ROW - 5);
        svg.spread(LEFT + bar.low() * scale, middle, LEFT + bar.high() * scale, middle);
        svg.label(
                LEFT + bar.high() * scale + 6,
                middle + 4,
                Anchor.START,
                String.format(Locale.ROOT, "%,.0f %s", bar.value(), unit));
    }
}
