package dev.freshpyc.core.metadata;

import java.util.ArrayList;
import java.util.List;

/** Python's string methods, which differ from Java's in what they take for white space and for the end of a line. */
final class PythonText {

    private PythonText() {}

    /** {@code str.isspace} of one character. */
    static boolean isSpace(char c) {
        return c == 0x85
                || c == 0xa0
                || (c >= 0x09 && c <= 0x0d)
                || (c >= 0x1c && c <= 0x20)
                || (c > 0xff && Character.isSpaceChar(c));
    }

    /** {@code str.strip}. */
    static String strip(String text) {
        int from = 0;
        while (from < text.length() && isSpace(text.charAt(from))) {
            from++;
        }
        return stripRight(text.substring(from));
    }

    /** {@code str.rstrip}. */
    static String stripRight(String text) {
        int to = text.length();
        while (to > 0 && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(0, to);
    }

    /** {@code str.splitlines}. */
    static List<String> lines(String text) {
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
    static String universalNewlines(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static boolean endsLine(char c) {
        return (c >= 0x0a && c <= 0x0d) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
    }
}
