package dev.freshpyc.core.metadata;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's {@code textwrap.dedent}. */
final class Indentation {

    private Indentation() {}

    /** The text without the spaces and tabs that begin every line; lines of nothing else become empty. */
    static String removed(String text) {
        List<String> lines = new ArrayList<>();
        @Nullable String common = null;
        for (String line : text.split("\n", -1)) {
            String indentation = line.substring(0, length(line));
            boolean blank = indentation.length() == line.length();
            lines.add(blank ? "" : line);
            if (!blank) {
                common = common == null ? indentation : commonStart(common, indentation);
            }
        }
        int margin = common == null ? 0 : common.length();
        return String.join(
                "\n",
                lines.stream()
                        .map(line -> line.isEmpty() ? line : line.substring(margin))
                        .toList());
    }

    private static int length(String line) {
        int at = 0;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static String commonStart(String one, String other) {
        int at = 0;
        while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return one.substring(0, at);
    }
}
