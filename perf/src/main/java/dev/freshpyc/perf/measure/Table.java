package dev.freshpyc.perf.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of formatted figures, which prints as aligned text or as Markdown. The first column holds names, the others numbers. */
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
        String numbers =
                IntStream.range(1, heading.size()).mapToObj(_ -> " ---: |").collect(Collectors.joining());
        return markdown(heading) + "| --- |" + numbers + "\n"
                + rows.stream().map(Table::markdown).collect(Collectors.joining());
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

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder(row.getFirst());
        line.repeat(' ', widths[0] - row.getFirst().length());
        for (int column = 1; column < widths.length; column++) {
            String cell = row.get(column);
            line.repeat(' ', 2 + widths[column] - cell.length()).append(cell);
        }
        return line.toString().stripTrailing() + System.lineSeparator();
    }
}
