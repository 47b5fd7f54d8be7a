package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What {@code str} methods and {@code posixpath} functions of Python do with text and paths. */
final class PythonText {

    /** Sorts names as Python sorts them: by code points of the text. */
    static final Comparator<RawPath> BY_CODE_POINTS =
            Comparator.comparing(name -> name.toPython().codePoints().toArray(), Arrays::compare);

    private static final RawPath ROOT = RawPath.of("/");

    private PythonText() {}

    /** The text of bytes in UTF-8; empty for anything else, which {@code bytes.decode} refuses, too. */
    static Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }

    /** The lines of a file that is open in text mode: a line ends at LF, CR or both. */
    static List<String> fileLines(String text) {
        return lines(text, false);
    }

    /** The lines as {@code str.splitlines} has them, which also ends a line at FF, NEL, LS and others. */
    static List<String> splitLines(String text) {
        return lines(text, true);
    }

    private static List<String> lines(String text, boolean every) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r' || (every && endsLine(c))) {
                lines.add(text.substring(from, at));
                if (c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                    at++;
                }
                from = at + 1;
            }
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }

    private static boolean endsLine(char c) {
        return c == 0x0b || c == 0x0c || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** {@code str.rstrip()}. */
    static String stripEnd(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** {@code str.strip()}. */
    static String strip(String text) {
        int from = 0;
        while (from < text.length() && isSpace(text.charAt(from))) {
            from++;
        }
        return stripEnd(text.substring(from));
    }

    /** {@code str.isspace()} of one character. */
    private static boolean isSpace(char c) {
        return (c >= 0x09 && c <= 0x0d)
                || (c >= 0x1c && c <= 0x20)
                || c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    /** {@code os.path.abspath(os.path.join(directory, name))}. */
    static RawPath join(RawPath directory, RawPath name) {
        return normal(name.isAbsolute() ? name : directory.resolve(name)); // an empty name is the directory itself
    }

    /** {@code os.path.abspath}: exactly two slashes at the beginning stay (POSIX). */
    static RawPath normal(RawPath path) {
        RawPath absolute = path.absolute();
        byte[] bytes = absolute.toBytes();
        boolean two = bytes.length > 1 && bytes[1] == '/' && (bytes.length == 2 || bytes[2] != '/');
        RawPath normal = absolute.normalized();
        if (!two) {
            return normal;
        }
        byte[] rest = normal.toBytes();
        byte[] doubled = new byte[rest.length + 1];
        doubled[0] = '/';
        System.arraycopy(rest, 0, doubled, 1, rest.length);
        return normal.equals(ROOT) ? RawPath.of("//") : RawPath.of(doubled, 0, doubled.length);
    }
}
