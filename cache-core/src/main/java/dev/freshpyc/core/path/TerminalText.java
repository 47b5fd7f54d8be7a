package dev.freshpyc.core.path;

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
