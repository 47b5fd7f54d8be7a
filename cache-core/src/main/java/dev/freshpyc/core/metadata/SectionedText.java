package dev.freshpyc.core.metadata;

import dev.freshpyc.core.text.PythonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code entry_points.txt} as Python 3.10 and later read it: lines before the first section are ignored, sections and names
 * may repeat, and a line without an equals sign is an error.
 */
final class SectionedText {

    private SectionedText() {}

    static List<EntryPoint> entryPoints(String text) throws BrokenMetadataException {
        List<EntryPoint> found = new ArrayList<>();
        @Nullable String group = null;
        for (String untrimmed : PythonText.lines(PythonText.universalNewlines(text))) {
            String line = PythonText.strip(untrimmed);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                group = withoutBrackets(line);
            } else if (group != null) {
                found.add(entryPoint(group, line));
            }
        }
        return found;
    }

    private static EntryPoint entryPoint(String group, String line) throws BrokenMetadataException {
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw new BrokenMetadataException("a line without '=' in the section of a group");
        }
        return new EntryPoint(
                group, PythonText.strip(line.substring(0, equals)), PythonText.strip(line.substring(equals + 1)));
    }

    /** {@code str.strip('[]')}. */
    private static String withoutBrackets(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && isBracket(line.charAt(from))) {
            from++;
        }
        while (to > from && isBracket(line.charAt(to - 1))) {
            to--;
        }
        return line.substring(from, to);
    }

    private static boolean isBracket(char c) {
        return c == '[' || c == ']';
    }
}
