package dev.freshpyc.core.path;

/** Well-formed UTF-8 (Unicode, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

    private Utf8() {}

    /** The length of the well-formed sequence at {@code at}, 1 to 4 bytes, or 0 when there is none. */
    static int sequenceLength(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int point = codePoint(bytes, at, length);
        int smallest = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
        boolean surrogate = point >= 0xd800 && point <= 0xdfff;
        return point < smallest || point > Character.MAX_CODE_POINT || surrogate ? 0 : length;
    }

    /** The character of a well-formed sequence. */
    static int codePoint(byte[] bytes, int at, int length) {
        if (length == 1) {
            return bytes[at];
        }
        int point = bytes[at] & (0x7f >> length);
        for (int i = 1; i < length; i++) {
            point = point << 6 | (bytes[at + i] & 0x3f);
        }
        return point;
    }
}
