package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.judge.VerdictCounts;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws the tree as an icicle: a row for each level, and a cell for each directory, as wide as its share of the bytecode files and coloured
 * by its worst verdict. Memory and picture are bounded for any tree: the files of directories beyond the limit count for a directory above,
 * and narrow directories share a cell.
 */
final class Icicle {

    private static final int LEVELS = 5;
    private static final int NODES = 50_000;
    private static final int ROW = 30;

    /** The share of the width below which a directory has no cell of its own: at most 200 cells a level. */
    private static final double NARROW = 0.005;

    /** The share of the width from which a cell has room for a name. */
    private static final double NAMED = 0.06;

    private final Map<PathEntry, DirectorySums> entries = new TreeMap<>();
    private int nodes;
    private long files;

    void add(Finding finding) {
        RawPath file = finding.source() != null ? finding.source() : finding.path();
        List<RawPath> names = file.parent().names();
        boolean cache = !names.isEmpty() && names.getLast().equals(RawPath.of("__pycache__"));
        int depth = Math.min(LEVELS - 1, names.size() - (cache ? 1 : 0));
        files++;
        nodes += entries.computeIfAbsent(finding.entry(), _ -> new DirectorySums())
                .add(
                        file.isAbsolute() ? List.of() : names.subList(0, depth),
                        Severity.of(finding.verdict()),
                        VerdictCounts.isFinding(finding.verdict().kind()),
                        NODES - nodes);
    }

    boolean isEmpty() {
        return files == 0;
    }

    /** The picture as SVG. */
    String svg() {
        StringBuilder svg = new StringBuilder();
        int levels = row(svg, named(), "", 0, (double) files, 0);
        return "<svg class=\"icicle\" role=\"img\" aria-label=\"The directories, coloured by their worst verdict\" width=\"100%\""
                + " height=\"" + levels * ROW + "\">" + svg + "</svg>";
    }

    private Map<RawPath, DirectorySums> named() {
        Map<RawPath, DirectorySums> named = new TreeMap<>();
        entries.forEach((entry, node) -> named.put(entry.path(), node));
        return named;
    }

    /** Draws the directories of one level and of all levels below; returns the number of levels. */
    private int row(
            StringBuilder svg, Map<RawPath, DirectorySums> level, String above, int depth, double scale, double start) {
        double left = start;
        int levels = depth;
        double narrow = 0;
        long narrowFiles = 0;
        Severity worst = Severity.NONE;
        for (Map.Entry<RawPath, DirectorySums> one : level.entrySet()) {
            DirectorySums node = one.getValue();
            double width = node.files() / scale;
            if (width < NARROW) {
                narrow += width;
                narrowFiles += node.files();
                worst = DirectorySums.worse(worst, node.worst());
                continue;
            }
            String path = above + one.getKey().shown();
            cell(svg, one.getKey().shown(), path, node, left, width, depth);
            levels = Math.max(
                    levels, Math.max(depth + 1, row(svg, node.children(), path + "/", depth + 1, scale, left)));
            left += width;
        }
        if (narrow >= NARROW / 2) {
            String title = "smaller directories of " + (above.isEmpty() ? "the path" : above) + ": "
                    + Words.count(narrowFiles, "pyc");
            rectangle(svg, worst, left, narrow, depth, title, "", "");
            levels = Math.max(levels, depth + 1);
        }
        return levels;
    }

    private static void cell(
            StringBuilder svg, String name, String path, DirectorySums node, double left, double width, int depth) {
        String title = path + ": " + Words.count(node.files(), "pyc") + ", " + Words.count(node.findings(), "finding");
        rectangle(svg, node.worst(), left, width, depth, title, width < NAMED ? "" : name, path);
    }

    private static void rectangle(
            StringBuilder svg,
            Severity worst,
            double left,
            double width,
            int depth,
            String title,
            String name,
            String path) {
        svg.append("<svg x=\"").append(percent(left)).append("\" y=\"").append(depth * ROW);
        svg.append("\" width=\"").append(percent(width)).append("\" height=\"").append(ROW);
        if (!path.isEmpty()) {
            svg.append("\" data-path=\"").append(HtmlText.escape(path));
        }
        svg.append("\"><title>").append(HtmlText.escape(title)).append("</title><rect class=\"");
        svg.append(worst.sarif()).append("\" width=\"100%\" height=\"100%\"/>");
        if (!name.isEmpty()) {
            svg.append("<text x=\"7\" y=\"20\">").append(HtmlText.escape(name)).append("</text>");
        }
        svg.append("</svg>\n");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.3f%%", share * 100);
    }
}
