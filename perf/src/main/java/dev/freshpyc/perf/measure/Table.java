package dev.freshpyc.perf.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of formatted figures, which prints as aligned text or as Markdown. Numbers end at the right of their column; the first
 * column, and another one without a number, holds text, which begins at the left.
 */
public record Table(List<String> heading, List<List<String>> rows) {

    public Table {
        heading = List.copyOf(heading);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != heading.size()) {
                throw new IllegalArgumentException(row.size() + " cells below " + heading.size() + " headings");
            }
        }
    }

    /** A table without rows. */
    public static Table of(String... heading) {
        return new Table(List.of(heading), List.of());
    }

    /** This table with one more row. */
    public Table with(List<String> row) {
        List<List<String>> more = new ArrayList<>(rows);
        more.add(row);
        return new Table(heading, more);
    }

    /** The table as Markdown. */
    public String markdown() {
        String alignment = IntStream.range(0, heading.size())
                .mapToObj(column -> isText(column) ? " --- |" : " ---: |")
                .collect(Collectors.joining("", "|", "\n"));
        return markdown(heading)
                + alignment
                + rows.stream().map(Table::markdown).collect(Collectors.joining());
    }

    private boolean isText(int column) {
        return column == 0
                || (!rows.isEmpty()
                        && rows.stream().map(row -> row.get(column)).noneMatch(cell -> cell.matches("-?\\d.*")));
    }

    private static String markdown(List<String> row) {
        return row.stream().map(Table::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** A text that Markdown shows as it is, on one line. */
    public static String escaped(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceAll("[\\\\`*_\\[\\]|]", "\\\\$0")
                .replace("&", "&amp;")
                .replace("<", "&lt;");
    }

    /** The table as aligned text. */
    @Override
    public String toString() {
        List<List<String>> all = new ArrayList<>(rows);
        all.addFirst(heading);
        int[] widths = IntStream.range(0, heading.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String room = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : "  ").append(isText(column) ? cell + room : room + cell);
        }
        return line.toString().stripTrailing() + System.lineSeparator();
    }
}
