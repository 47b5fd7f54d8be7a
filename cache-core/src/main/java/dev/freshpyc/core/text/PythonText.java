package dev.freshpyc.core.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Python's string methods, which differ from Java's in what they take for white space and for the end of a line. */
public final class PythonText {

    private PythonText() {}

    /** The text of bytes in UTF-8; empty for anything else, which {@code bytes.decode} refuses, too. */
    public static Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }

    /** {@code str.isspace} of one character. */
    public static boolean isSpace(char c) {
        return c == 0x85
                || c == 0xa0
                || (c >= 0x09 && c <= 0x0d)
                || (c >= 0x1c && c <= 0x20)
                || (c > 0xff && Character.isSpaceChar(c));
    }

    /** {@code str.strip}. */
    public static String strip(String text) {
        int from = 0;
        while (from < text.length() && isSpace(text.charAt(from))) {
            from++;
        }
        return stripRight(text.substring(from));
    }

    /** {@code str.rstrip}. */
    public static String stripRight(String text) {
        int to = text.length();
        while (to > 0 && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(0, to);
    }

    /** {@code str.splitlines}. */
    public static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            if (endsLine(text.charAt(at))) {
                lines.add(text.substring(from, at));
                if (text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
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

    /** The text as a file opened for text has it: CRLF and CR become LF. */
    public static String universalNewlines(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** The lines of a file that is open in text mode: a line ends at LF, CR or both. */
    public static List<String> fileLines(String text) {
        List<String> lines = new ArrayList<>(List.of(universalNewlines(text).split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast(); // the last line end begins no line
        }
        return lines;
    }

    private static boolean endsLine(char c) {
        return (c >= 0x0a && c <= 0x0d) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
    }
}
