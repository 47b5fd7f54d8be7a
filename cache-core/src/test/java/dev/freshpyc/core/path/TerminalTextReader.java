package dev.freshpyc.core.path;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Decodes an escaped name. Because every escaped name can be decoded, no two names are escaped to the same text. */
final class TerminalTextReader {
    private final String text;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int at;

    private TerminalTextReader(String text) {
        this.text = text;
    }

    static byte[] bytes(String shown) {
        TerminalTextReader reader = new TerminalTextReader(shown);
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
            write(point);
        }
    }

    private void escape(char letter) {
        switch (letter) {
            case 'n' -> write('\n');
            case 't' -> write('\t');
            case 'r' -> write('\r');
            case '\\' -> write('\\');
            case 'x' -> bytes.write(number(2));
            case 'u' -> write(number(4));
            case 'U' -> write(number(8));
            default -> throw new AssertionError("unknown escape in " + text);
        }
    }

    private int number(int digits) {
        at += digits;
        return Integer.parseInt(text, at - digits, at, 16);
    }

    private void write(int point) {
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
    }
}
