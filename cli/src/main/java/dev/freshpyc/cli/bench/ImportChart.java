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
 * too narrow to be seen are left out, which bounds the picture.
 */
final class ImportChart {

    private static final int ROW = 24;
    private static final int ROWS = 40;
    private static final double NARROW = 0.0015;

    /** The share of the width from which a cell has room for a name. */
    private static final double NAMED = 0.035;

    private final Map<String, ModuleCost> costs = new HashMap<>();
    private final StringBuilder svg = new StringBuilder();
    private final double total;

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
        int rows = chart.row(roots, 0, 1, 0);
        return "<svg class=\"imports\" role=\"img\" aria-label=\"The imports, as wide as their time; the table below names them all\""
                + " width=\"100%\" height=\"" + rows * ROW + "\">\n" + chart.svg + "</svg>";
    }

    /** Draws imports side by side, and below each its own imports within its width; returns the number of rows. */
    private int row(List<ImportNode> imports, double start, double end, int depth) {
        int rows = depth;
        double left = start;
        for (ImportNode node : imports) {
            double right = Math.min(end, left + node.cumulative() / total);
            if (right - left >= NARROW && depth < ROWS) {
                cell(node, left, right - left, depth);
                rows = Math.max(rows, Math.max(depth + 1, row(node.imports(), left, right, depth + 1)));
            }
            left = right;
        }
        return rows;
    }

    private void cell(ImportNode node, double left, double width, int depth) {
        Optional<ModuleCost> cost = Optional.ofNullable(costs.get(node.module()));
        ModuleOrigin origin = cost.map(ModuleCost::origin).orElse(ModuleOrigin.UNKNOWN);
        String name = RawPath.of(node.module()).shown();
        svg.append("<svg x=\"")
                .append(StartPlot.percent(left))
                .append("\" y=\"")
                .append(depth * ROW);
        svg.append("\" width=\"")
                .append(StartPlot.percent(width))
                .append("\" height=\"")
                .append(ROW);
        svg.append("\"><title>");
        svg.append(HtmlText.escape(name + ": " + BenchText.millis(node.cumulative()) + " with its imports, "
                + BenchText.millis(node.self()) + " without, " + origin.label()
                + cost.filter(known -> known.saved() > 0)
                        .map(known -> ", repair saves " + BenchText.millis(known.saved()))
                        .orElse("")));
        svg.append("</title><rect class=\"").append(origin == ModuleOrigin.COMPILED ? "compiled" : "other");
        svg.append("\" width=\"100%\" height=\"100%\"/>");
        if (width >= NAMED) {
            svg.append("<text x=\"6\" y=\"16\">").append(HtmlText.escape(name)).append("</text>");
        }
        svg.append("</svg>\n");
    }
}
