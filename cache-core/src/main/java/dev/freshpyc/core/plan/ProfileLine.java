package dev.freshpyc.core.plan;

import java.util.Optional;

/**
 * A line of a profile: the dotted name of a module, and a comment from {@code #} on. A name with spaces or with {@code #} is in double
 * quotes, in which {@code ""} stands for a quote: {@code "my tool.main"}. Without quotes, two names on one line would be one name.
 */
public final class ProfileLine {

    private static final char QUOTE = '"';
    private static final char COMMENT = '#';

    private ProfileLine() {}

    /**
     * The line of a module, which {@link #module} reads.
     *
     * @param module a name that {@link ModuleProfile#isName} accepts
     */
    public static String of(String module) {
        return isPlain(module) ? module : QUOTE + module.replace("\"", "\"\"") + QUOTE;
    }

    /** The name in a line; empty text for a line without a name, and empty if the line holds something else than one name. */
    public static Optional<String> module(String line) {
        String text = line.strip();
        if (!text.isEmpty() && text.charAt(0) == QUOTE) {
            return quoted(text);
        }
        int comment = text.indexOf(COMMENT);
        String name = (comment < 0 ? text : text.substring(0, comment)).strip();
        return Optional.of(name).filter(found -> found.isEmpty() || (ModuleProfile.isName(found) && isPlain(found)));
    }

    private static Optional<String> quoted(String text) {
        StringBuilder name = new StringBuilder();
        int at = 1;
        while (at < text.length()) {
            if (text.charAt(at) == QUOTE) {
                boolean ends = at + 1 == text.length() || text.charAt(at + 1) != QUOTE;
                if (ends) {
                    String rest = text.substring(at + 1).strip();
                    boolean alone = rest.isEmpty() || rest.charAt(0) == COMMENT;
                    return Optional.of(name.toString()).filter(found -> alone && ModuleProfile.isName(found));
                }
                at++;
            }
            name.append(text.charAt(at));
            at++;
        }
        return Optional.empty();
    }

    private static boolean isPlain(String name) {
        return name.charAt(0) != QUOTE
                && name.indexOf(COMMENT) < 0
                && name.chars().noneMatch(Character::isWhitespace);
    }
}
