package dev.freshpyc.core.path;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Escapes file names for a terminal. A name may hold newlines, terminal escape sequences, or marks that reverse the
 * direction of text. Each such character, and each byte that is not UTF-8, becomes an escape ({@code \n}, {@code \x1b},
 * <code>\</code>{@code u202e}); the backslash is doubled, so two different names never look equal.
 */
final class TerminalText {

    private TerminalText() {}

    static String escape(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        int at = 0;
        while (at < bytes.length) {
            int length = Utf8.sequenceLength(bytes, at);
            if (length == 0) {
                text.append(String.format("\\x%02x", bytes[at++] & 0xff));
            } else {
                append(text, Utf8.codePoint(bytes, at, length));
                at += length;
            }
        }
        return text.toString();
    }

    /** The bytes that {@link #escape} shows as {@code text}; empty where an escape is malformed. */
    static Optional<byte[]> unescape(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (point != '\\') {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            char kind = at < text.length() ? text.charAt(at) : 0;
            int digits = digits(kind);
            int end = at + 1 + digits;
            if (digits < 0 || end > text.length() || !isHex(text, at + 1, end)) {
                return Optional.empty();
            }
            switch (kind) {
                case 'x' -> bytes.write(HexFormat.fromHexDigits(text, at + 1, end));
                case 'u', 'U' -> {
                    int escaped = HexFormat.fromHexDigits(text, at + 1, end);
                    if (!Character.isValidCodePoint(escaped)) {
                        return Optional.empty();
                    }
                    bytes.writeBytes(Character.toString(escaped).getBytes(StandardCharsets.UTF_8));
                }
                case 'n' -> bytes.write('\n');
                case 't' -> bytes.write('\t');
                case 'r' -> bytes.write('\r');
                default -> bytes.write('\\');
            }
            at = end;
        }
        return Optional.of(bytes.toByteArray());
    }

    /** How many digits follow the letter of an escape; −1 for a letter that begins none. */
    private static int digits(char kind) {
        return switch (kind) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            case 'n', 't', 'r', '\\' -> 0;
            default -> -1;
        };
    }

    private static boolean isHex(String text, int from, int to) {
        return text.substring(from, to).chars().allMatch(HexFormat::isHexDigit);
    }

    private static void append(StringBuilder text, int point) {
        switch (point) {
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            case '\r' -> text.append("\\r");
            case '\\' -> text.append("\\\\");
            default -> {
                if (printable(point)) {
                    text.appendCodePoint(point);
                } else {
                    text.append(
                            String.format(point < 0x80 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x", point));
                }
            }
        }
    }

    private static boolean printable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
