package dev.freshpyc.core.path;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Reads a shown name back: that it can be done at all proves that no two names are shown alike. */
final class Unescape {
    private final String text;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int at;

    private Unescape(String text) {
        this.text = text;
    }

    static byte[] bytes(String shown) {
        Unescape reader = new Unescape(shown);
        while (reader.at < shown.length()) {
            reader.next();
        }
        return reader.bytes.toByteArray();
    }

    private void next() {
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        if (point == '\\') {
            escape(text.charAt(at++));
        } else {
            character(point);
        }
    }

    private void escape(char kind) {
        switch (kind) {
            case 'n' -> character('\n');
            case 't' -> character('\t');
            case 'r' -> character('\r');
            case '\\' -> character('\\');
            case 'x' -> bytes.write(number(2));
            case 'u' -> character(number(4));
            case 'U' -> character(number(8));
            default -> throw new AssertionError("unknown escape in " + text);
        }
    }

    private int number(int digits) {
        at += digits;
        return Integer.parseInt(text, at - digits, at, 16);
    }

    private void character(int point) {
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
    }
}
