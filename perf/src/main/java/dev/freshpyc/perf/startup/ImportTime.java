package dev.freshpyc.perf.startup;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code -X importtime}: the time that the import of a module took, in microseconds.
 *
 * @param depth how many imports were under way: 0 for a module that the program itself imports
 * @param self without the imports that the module does itself
 * @param cumulative with these imports
 */
public record ImportTime(String module, int depth, long self, long cumulative) {

    /** Every line of the report begins so, the heading included. */
    static final String PREFIX = "import time:";

    /** Spaces before a module's name, for each import that was under way. */
    private static final int INDENT = 2;

    /**
     * Form 2, of CPython 3.14, adds lines with the word "cached", which name modules that were loaded before. {@code __import__} takes
     * any name, also one with spaces.
     */
    private static final Pattern LINE =
            Pattern.compile("import time: +(\\d{1,15}) \\| +(\\d{1,15}) \\| ( {0,4096})(\\S.{0,4095})", Pattern.DOTALL);

    /** Parses a line; empty for the heading and for a module that was loaded before. */
    static Optional<ImportTime> parse(String line) {
        Matcher matcher = LINE.matcher(line.stripTrailing());
        return matcher.matches()
                ? Optional.of(new ImportTime(
                        matcher.group(4),
                        matcher.group(3).length() / INDENT,
                        Long.parseLong(matcher.group(1)),
                        Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
