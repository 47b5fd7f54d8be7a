package dev.freshpyc.cli.render;

import java.util.regex.Pattern;

/** Breaks sentences into lines that a terminal of 80 columns shows whole. A longer word, such as a path, stays whole. */
final class Paragraph {

    private static final int COLUMNS = 80;

    private static final Pattern COLOUR = Pattern.compile("\33\\[[0-9;]*m");

    private Paragraph() {}

    /** The lines, each behind {@code indent}; without a line break at the end. */
    static String of(String indent, String text) {
        StringBuilder lines = new StringBuilder(indent);
        int column = indent.length();
        String separator = "";
        for (String word : text.split(" ", -1)) {
            int width = Math.toIntExact(
                    COLOUR.matcher(word).replaceAll("").codePoints().count());
            if (!separator.isEmpty() && column + separator.length() + width > COLUMNS) {
                lines.append('\n').append(indent);
                column = indent.length();
                separator = "";
            }
            lines.append(separator).append(word);
            column += separator.length() + width;
            separator = " ";
        }
        return lines.toString();
    }
}
