package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.RawPath;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Globs of what a walk leaves out, matched against paths relative to the entry as Python shows them. {@code *} and {@code ?}
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

    /** Whether the file or directory at that path, relative to its entry, is left out. */
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
            int close = c == '[' ? glob.indexOf(']', at + 2) : -1;
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
                regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
                at++;
            }
        }
        return regex.toString();
    }

    private static String characterClass(String content) {
        String escaped = content.replace("\\", "\\\\").replace("[", "\\[").replace("&", "\\&");
        return escaped.startsWith("!") ? "[^/" + escaped.substring(1) + "]" : "[" + escaped + "]";
    }
}
