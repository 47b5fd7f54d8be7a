package dev.freshpyc.core.path;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Python's {@code surrogateescape} error handler (PEP 383): a byte that is not part of well-formed UTF-8 stands for the
 * lone surrogate U+DC00 + byte, so that every file name survives the way to text and back.
 */
final class SurrogateEscape {

    private static final int BASE = 0xdc00;

    private SurrogateEscape() {}

    static String decode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        int at = 0;
        while (at < bytes.length) {
            int length = Utf8.sequenceLength(bytes, at);
            if (length == 0) {
                text.append((char) (BASE + (bytes[at++] & 0xff)));
            } else {
                text.appendCodePoint(Utf8.codePoint(bytes, at, length));
                at += length;
            }
        }
        return text.toString();
    }

    static byte[] encode(String text) {
        byte[] plain = text.getBytes(StandardCharsets.US_ASCII); // with ? for every other character
        if (text.equals(new String(plain, StandardCharsets.US_ASCII))) {
            return plain;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        text.codePoints().forEach(point -> {
            if (point >= BASE + 0x80 && point <= BASE + 0xff) {
                bytes.write(point - BASE);
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }
}
