package dev.freshpyc.cli.bench;

import dev.freshpyc.cli.render.HtmlText;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.perf.startup.ImportNode;
import dev.freshpyc.perf.startup.ModuleCost;
import dev.freshpyc.perf.startup.ModuleOrigin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Draws the imports of one start. Each import is a cell as wide as its cumulative time, below the cell of the module that imports it. Cells
 * too narrow to be seen are hidden. The script of the page shows them when it makes the cell around them as wide as the picture: for this,
 * each cell has its place in microseconds.
 */
final class ImportChart {

    private static final int ROW = 24;
    private static final int ROWS = 40;
    private static final double NARROW = 0.0015;

    /** The share of the width from which a cell has room for a name. */
    private static final double NAMED = 0.035;

    /** The most cells that are hidden at first, which bounds the page. */
    private static final int MOST_HIDDEN = 5_000;

    private final Map<String, ModuleCost> costs = new HashMap<>();
    private final StringBuilder svg = new StringBuilder();
    private final long total;
    private int hidden;

    private ImportChart(List<ImportNode> roots, List<ModuleCost> modules) {
        modules.forEach(cost -> costs.put(cost.module(), cost));
        total = Math.max(1, roots.stream().mapToLong(ImportNode::cumulative).sum());
    }

    /**
     * The picture as SVG.
     *
     * @param modules the times that repairs save, and the origins of the modules
     */
    static String svg(List<ImportNode> roots, List<ModuleCost> modules) {
        ImportChart chart = new ImportChart(roots, modules);
        int rows = chart.row(roots, 0, chart.total, 0);
        return "<svg class=\"imports\" role=\"img\" aria-label=\"The imports, as wide as their time; the table below names them all\""
                + " data-time=\"" + chart.total + "\" width=\"100%\" height=\"" + rows * ROW + "\">\n" + chart.svg
                + "</svg>";
    }

    /**
     * Draws imports side by side, and below each its own imports within its width.
     *
     * @param start microseconds from the left
     * @param end microseconds from the left, behind which nothing is drawn
     * @return the number of rows with cells that are not hidden
     */
    private int row(List<ImportNode> imports, long start, long end, int depth) {
        int rows = depth;
        long left = start;
        for (ImportNode node : imports) {
            long right = Math.min(end, left + node.cumulative());
            boolean narrow = share(right - left) < NARROW;
            if (right > left && depth < ROWS && (!narrow || ++hidden <= MOST_HIDDEN)) {
                cell(node, left, right - left, depth);
                int below = row(node.imports(), left, right, depth + 1);
                rows = narrow ? rows : Math.max(rows, Math.max(depth + 1, below));
            }
            left = right;
        }
        return rows;
    }

    private double share(long micros) {
        return (double) micros / total;
    }

    private void cell(ImportNode node, long left, long time, int depth) {
        Optional<ModuleCost> cost = Optional.ofNullable(costs.get(node.module()));
        ModuleOrigin origin = cost.map(ModuleCost::origin).orElse(ModuleOrigin.UNKNOWN);
        String name = RawPath.of(node.module()).shown();
        double width = share(time);
        svg.append("<svg class=\"").append(width < NARROW ? "hidden" : width < NAMED ? "unnamed" : "named");
        svg.append("\" data-from=\"").append(left).append("\" data-time=\"").append(time);
        svg.append("\" data-depth=\"").append(depth);
        svg.append("\" x=\"")
                .append(StartPlot.percent(share(left)))
                .append("\" y=\"")
                .append(depth * ROW);
        svg.append("\" width=\"")
                .append(StartPlot.percent(width))
                .append("\" height=\"")
                .append(ROW);
        svg.append("\"><title>");
        svg.append(HtmlText.escape(name + ": " + BenchText.millis(node.cumulative()) + " with its imports, "
                + BenchText.millis(node.self()) + " without, " + origin.label()
                + cost.filter(known -> known.saved().orElse(0) > 0)
                        .map(known -> ", repair saves " + BenchText.saved(known.saved()))
                        .orElse("")));
        svg.append("</title><rect class=\"").append(origin == ModuleOrigin.COMPILED ? "compiled" : "other");
        svg.append("\" width=\"100%\" height=\"100%\"/>");
        svg.append("<text x=\"6\" y=\"16\">").append(HtmlText.escape(name)).append("</text></svg>\n");
    }
}
