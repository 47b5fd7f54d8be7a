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

/** What may reach a terminal: no name moves the cursor, hides a part of itself or passes for another name. */
class TerminalTextTest {
    /** Pieces that an escape could be mistaken for, or made from; in hexadecimal. */
    private static final List<String> TRICKY = List.of(
            "5c", "6e", "78", "75", "55", "30", "31", "38", "80", "9b", "ff", "c280", "c29b", "c2ad", "0a", "1b");

    private static final List<String> WIDE = List.of("e280ae", "ee8080", "f3a08081", "f3b08080", "eda080", "c3a9");

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
    void examples(String hex, String text) {
        assertThat(shown(HexFormat.of().parseHex(hex))).isEqualTo(text);
    }

    /** U+0080 was shown as the byte 80 is, and U+E0001 as U+E000 and a digit. */
    @ParameterizedTest
    @CsvSource({"80, c280", "9b, c29b", "f3a08081, ee808031", "5c6e, 0a", "5c783162, 1b", "5c753230326531, e280ae31"})
    void twoNamesNeverLookTheSame(String one, String other) {
        assertThat(shown(HexFormat.of().parseHex(one)))
                .isNotEqualTo(shown(HexFormat.of().parseHex(other)));
    }

    @Test
    void everyCharacterIsHarmless() {
        IntStream.concat(IntStream.range(0, 0x20000), IntStream.range(0xe0000, 0xe0200))
                .filter(point -> point < 0xd800 || point > 0xdfff)
                .forEach(point ->
                        assertHarmless(RawPath.of(Character.toString(point)).shown()));
    }

    @Property
    void anyBytesAreHarmless(@ForAll byte[] bytes) {
        assertHarmless(shown(bytes));
    }

    @Property
    void anyBytesCanBeReadBack(@ForAll byte[] bytes) {
        assertThat(Unescape.bytes(shown(bytes))).isEqualTo(bytes);
    }

    @Property
    void trickyPiecesCanBeReadBack(@ForAll("pieces") List<String> pieces) {
        byte[] bytes = HexFormat.of().parseHex(String.join("", pieces));

        assertHarmless(shown(bytes));
        assertThat(Unescape.bytes(shown(bytes))).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.oneOf(Arbitraries.of(TRICKY), Arbitraries.of(WIDE))
                .list()
                .ofMaxSize(12);
    }

    private static String shown(byte[] bytes) {
        return RawPath.of(bytes, 0, bytes.length).shown();
    }

    private static void assertHarmless(String text) {
        if (!text.codePoints().allMatch(TerminalTextTest::harmless)) {
            throw new AssertionError("reaches the terminal: "
                    + HexFormat.ofDelimiter(" ").formatHex(text.getBytes(StandardCharsets.UTF_16BE)));
        }
    }

    /** No control (C0, DEL, C1), no mark of direction, no other invisible format, no lone surrogate, no line separator. */
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
