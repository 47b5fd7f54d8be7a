package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Globs of the files and directories that a walk leaves out, matched against paths relative to the entry as Python shows them. {@code *} and {@code ?}
 * stay within a name, {@code **} crosses directories, {@code [a-c]} and {@code [!a]} are classes; a glob without a slash is
 * matched against each single name.
 */
public final class Exclusions {

    public static final Exclusions NONE = new Exclusions(List.of());

    private final List<Glob> globs;

    private record Glob(Pattern pattern, boolean wholePath) {}

    private Exclusions(List<Glob> globs) {
        this.globs = globs;
    }

    public static Exclusions of(List<String> globs) {
        return new Exclusions(globs.stream()
                .map(glob -> new Glob(
                        Pattern.compile(regex(strip(glob)), Pattern.DOTALL),
                        strip(glob).contains("/")))
                .toList());
    }

    boolean isEmpty() {
        return globs.isEmpty();
    }

    /** Whether a file or directory is left out; the path is relative to the entry. */
    boolean covers(RawPath relative) {
        String path = relative.toPython();
        String name = relative.name().toPython();
        return globs.stream()
                .anyMatch(glob ->
                        glob.pattern.matcher(glob.wholePath ? path : name).matches());
    }

    private static String strip(String glob) {
        return glob.endsWith("/") ? glob.substring(0, glob.length() - 1) : glob;
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < glob.length()) {
            char c = glob.charAt(at);
            int close = c == '[' ? closing(glob, at) : -1;
            if (glob.startsWith("**/", at)) {
                regex.append("(?:.*/)?");
                at += 3;
            } else if (glob.startsWith("**", at)) {
                regex.append(".*");
                at += 2;
            } else if (close > 0) {
                regex.append(characterClass(glob.substring(at + 1, close)));
                at = close + 1;
            } else {
                String literal = Character.toString(glob.codePointAt(at));
                regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(literal));
                at += literal.length();
            }
        }
        return regex.toString();
    }

    /** The end of the class that begins at {@code open}, or −1. A bracket right after the beginning is a member of the class. */
    private static int closing(String glob, int open) {
        int first = glob.startsWith("!", open + 1) ? open + 2 : open + 1;
        return glob.indexOf(']', first + 1);
    }

    private static String characterClass(String content) {
        boolean negated = content.startsWith("!");
        String members = members(content.substring(negated ? 1 : 0).codePoints().toArray());
        if (members.isEmpty()) {
            return negated ? "[^/]" : "(?!)";
        }
        return "(?!/)[" + (negated ? "^" : "") + members + "]";
    }

    /** Writes each member as a range of code points, since most characters are special in a class; a reversed range is empty. */
    private static String members(int[] points) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < points.length) {
            int last = at + 2 < points.length && points[at + 1] == '-' ? at + 2 : at;
            if (points[at] <= points[last]) {
                regex.append(String.format("\\x{%x}-\\x{%x}", points[at], points[last]));
            }
            at = last + 1;
        }
        return regex.toString();
    }
}
