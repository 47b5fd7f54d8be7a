package dev.freshpyc.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the escaping of names for terminals: no name moves the cursor, hides a part of itself or looks like another name. */
class TerminalTextTest {
    /** Bytes in hexadecimal that look like an escape sequence or like a part of an escape sequence. */
    private static final List<String> TRICKY = List.of(
            "5c", "6e", "78", "75", "55", "30", "31", "38", "80", "9b", "ff", "c280", "c29b", "c2ad", "0a", "1b");

    private static final List<String> MULTIBYTE = List.of("e280ae", "ee8080", "f3a08081", "f3b08080", "eda080", "c3a9");

    @ParameterizedTest
    @CsvSource({
        "612f622e7079, a/b.py",
        "c3a9, é",
        "f09f9880, 😀",
        "0a, \\n",
        "09, \\t",
        "0d, \\r",
        "5c, \\\\",
        "5c6e, \\\\n",
        "1b5b336d, \\x1b[3m",
        "7f, \\x7f",
        "ff, \\xff",
        "9b, \\x9b",
        "c29b, \\u009b",
        "c2ad, \\u00ad",
        "e280ae, \\u202e",
        "efbbbf, \\ufeff",
        "ee8080, \\ue000",
        "f3a08081, \\U000e0001",
        "eda080, \\xed\\xa0\\x80"
    })
    void namesAreEscaped(String hex, String text) {
        assertThat(escaped(HexFormat.of().parseHex(hex))).isEqualTo(text);
    }

    /** Earlier, U+0080 and the byte 80 were escaped alike, and so were U+E0001 and U+E000 followed by a digit. */
    @ParameterizedTest
    @CsvSource({"80, c280", "9b, c29b", "f3a08081, ee808031", "5c6e, 0a", "5c783162, 1b", "5c753230326531, e280ae31"})
    void differentNamesAreEscapedDifferently(String one, String other) {
        assertThat(escaped(HexFormat.of().parseHex(one)))
                .isNotEqualTo(escaped(HexFormat.of().parseHex(other)));
    }

    @Test
    void everyCharacterIsHarmlessWhenEscaped() {
        IntStream.concat(IntStream.range(0, 0x20000), IntStream.range(0xe0000, 0xe0200))
                .filter(point -> point < 0xd800 || point > 0xdfff)
                .forEach(point ->
                        assertHarmless(RawPath.of(Character.toString(point)).shown()));
    }

    @Property
    void arbitraryBytesAreHarmlessWhenEscaped(@ForAll byte[] bytes) {
        assertHarmless(escaped(bytes));
    }

    @Property
    void arbitraryBytesCanBeDecoded(@ForAll byte[] bytes) {
        assertThat(TerminalTextReader.bytes(escaped(bytes))).isEqualTo(bytes);
    }

    @Property
    void combinationsOfTrickyPiecesCanBeDecoded(@ForAll("pieces") List<String> pieces) {
        byte[] bytes = HexFormat.of().parseHex(String.join("", pieces));

        assertHarmless(escaped(bytes));
        assertThat(TerminalTextReader.bytes(escaped(bytes))).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.oneOf(Arbitraries.of(TRICKY), Arbitraries.of(MULTIBYTE))
                .list()
                .ofMaxSize(12);
    }

    private static String escaped(byte[] bytes) {
        return RawPath.of(bytes, 0, bytes.length).shown();
    }

    private static void assertHarmless(String text) {
        if (!text.codePoints().allMatch(TerminalTextTest::harmless)) {
            throw new AssertionError("unescaped character: "
                    + HexFormat.ofDelimiter(" ").formatHex(text.getBytes(StandardCharsets.UTF_16BE)));
        }
    }

    /** Refuses control characters (C0, DEL, C1), direction marks, invisible format characters, surrogates and line separators. */
    private static boolean harmless(int point) {
        boolean control = point < 0x20 || (point >= 0x7f && point < 0xa0);
        boolean bidi = point == 0x61c || (point >= 0x200e && point <= 0x200f) || (point >= 0x202a && point <= 0x202e);
        boolean isolate = point >= 0x2066 && point <= 0x2069;
        boolean separator = point == 0x2028 || point == 0x2029;
        boolean invisible =
                point == 0xad || point == 0x200b || point == 0xfeff || (point >= 0xe0001 && point <= 0xe007f);
        boolean surrogate = point >= 0xd800 && point <= 0xdfff;
        return !(control || bidi || isolate || separator || invisible || surrogate);
    }
}
