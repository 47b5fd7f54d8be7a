package dev.freshpyc.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Checks that charts are well-formed SVG, and that lengths in a chart are proportional to the values. */
class ChartTest {

    private static final String HOSTILE = "<script>&\"a]]>";

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theLengthsOfBarsAreProportionalToTheirValues() throws Exception {
        BarChart chart = new BarChart(
                HOSTILE,
                "ms",
                List.of(new BarChart.Group(
                        HOSTILE, List.of(new BarChart.Bar("short", 9, 10, 11), new BarChart.Bar("long", 35, 40, 44)))));

        Document document = parsed(chart.svg());

        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo(HOSTILE);
        var bars = document.getElementsByTagName("rect"); // the first rectangle is the background
        assertThat(width(bars.item(2)) / width(bars.item(1))).isEqualTo(4.0);
    }

    private static double width(Node bar) {
        return Double.parseDouble(((Element) bar).getAttribute("width"));
    }

    @Test
    void bothAxesOfALineChartAreLogarithmic() throws Exception {
        LineChart chart = new LineChart(
                "growth",
                "pairs",
                List.of(
                        new LineChart.Line(
                                HOSTILE,
                                List.of(
                                        new LineChart.Point(1_000, 10),
                                        new LineChart.Point(10_000, 100),
                                        new LineChart.Point(100_000, 1_000))),
                        new LineChart.Line("none", List.of())));

        var lines = parsed(chart.svg()).getElementsByTagName("polyline");

        assertThat(lines.getLength()).isEqualTo(1);
        String[] points = ((Element) lines.item(0)).getAttribute("points").split(" ", -1);
        assertThat(points).hasSize(3);
        for (int axis = 0; axis < 2; axis++) {
            double first = number(points[1], axis) - number(points[0], axis);
            assertThat(number(points[2], axis) - number(points[1], axis)).isEqualTo(first);
            assertThat(first).isNotZero();
        }
        assertThat(new LineChart("empty", "", List.of()).isEmpty()).isTrue();
    }

    private static double number(String point, int axis) {
        return Double.parseDouble(point.split(",", -1)[axis]);
    }
}
