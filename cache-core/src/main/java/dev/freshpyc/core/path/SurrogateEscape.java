package dev.freshpyc.core.path;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Python's {@code surrogateescape} error handler (PEP 383): a byte that is not part of well-formed UTF-8 stands for the
 * lone surrogate U+DC00 + byte, so that every file name survives the way to text and back.
 */
final class SurrogateEscape {

    private static final int BASE = 0xdc00;

    /** Bytes of a surrogate in UTF-8. */
    private static final int SURROGATE_LENGTH = 3;

    private SurrogateEscape() {}

    static String decode(byte[] bytes) {
        if (isAscii(bytes)) { // nearly all paths
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
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

    /**
     * The text in UTF-8, with each lone surrogate in three bytes, as Python's {@code surrogatepass} writes it. Marshal writes text in
     * this form.
     */
    static byte[] decodeToUtf8(byte[] bytes) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(bytes.length);
        int at = 0;
        while (at < bytes.length) {
            int length = Utf8.sequenceLength(bytes, at);
            if (length == 0) {
                int surrogate = BASE + (bytes[at++] & 0xff);
                text.write(0xe0 | surrogate >> 12);
                text.write(0x80 | (surrogate >> 6 & 0x3f));
                text.write(0x80 | (surrogate & 0x3f));
            } else {
                text.write(bytes, at, length);
                at += length;
            }
        }
        return text.toByteArray();
    }

    /** Whether bytes are a text in UTF-8, in which lone surrogates have three bytes. */
    static boolean isText(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int length = Utf8.sequenceLength(bytes, at);
            if (length == 0 && surrogate(bytes, at) == 0) {
                return false;
            }
            at += length == 0 ? SURROGATE_LENGTH : length;
        }
        return true;
    }

    /** The bytes that {@link #decodeToUtf8} makes {@code text} of; a surrogate that stands for no byte stays as it is. */
    static byte[] encodeFromUtf8(byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length);
        int at = 0;
        while (at < text.length) {
            int surrogate = surrogate(text, at);
            boolean isEscaped = isEscaped(surrogate);
            bytes.write(isEscaped ? surrogate - BASE : text[at]);
            at += isEscaped ? SURROGATE_LENGTH : 1;
        }
        return bytes.toByteArray();
    }

    /** The surrogate whose three bytes begin at {@code at}; 0 where none begins. */
    private static int surrogate(byte[] text, int at) {
        boolean isSequence = at + SURROGATE_LENGTH <= text.length
                && (text[at] & 0xff) == 0xed
                && (text[at + 1] & 0xe0) == 0xa0
                && (text[at + 2] & 0xc0) == 0x80;
        return isSequence ? 0xd000 | (text[at + 1] & 0x3f) << 6 | (text[at + 2] & 0x3f) : 0;
    }

    private static boolean isEscaped(int point) {
        return point >= BASE + 0x80 && point <= BASE + 0xff;
    }

    static boolean isAscii(byte[] bytes) {
        for (byte next : bytes) {
            if (next < 0) {
                return false;
            }
        }
        return true;
    }

    /** The JVM compares and copies whole arrays much faster than a start that is not compiled yet looks at each character. */
    static boolean isAscii(String text) {
        return isAscii(text, ascii(text));
    }

    /** The text in ASCII, with a question mark for every other character. */
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isAscii(String text, byte[] ascii) {
        return text.equals(new String(ascii, StandardCharsets.US_ASCII));
    }

    static byte[] encode(String text) {
        byte[] plain = ascii(text);
        if (isAscii(text, plain)) {
            return plain;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        text.codePoints().forEach(point -> {
            if (isEscaped(point)) {
                bytes.write(point - BASE);
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }
}
