package dev.freshpyc.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with {@code os.fsdecode}. The right column has the UTF-16 code units that CPython 3.11.7 printed. */
class SurrogateEscapeTest {
    @ParameterizedTest
    @CsvSource({
        "7f, 007f",
        "80, dc80",
        "ff, dcff",
        "fe, dcfe",
        "c3a9, 00e9",
        "c285, 0085",
        "ed9fbf, d7ff",
        "ee8080, e000",
        "e0a080, 0800",
        "e280ae, 202e",
        "efbfbf, ffff",
        "efbbbf41, feff 0041",
        "f0908080, d800 dc00",
        "f09f9880, d83d de00",
        "f48fbfbf, dbff dfff",
        "0a1b, 000a 001b"
    })
    void wellFormedUtf8IsDecoded(String bytes, String units) {
        assertDecodesAndEncodesBack(bytes, units);
    }

    @ParameterizedTest
    @CsvSource({
        "c080, dcc0 dc80",
        "c1bf, dcc1 dcbf",
        "e08080, dce0 dc80 dc80",
        "e09fbf, dce0 dc9f dcbf",
        "f0808080, dcf0 dc80 dc80 dc80",
        "f08fbfbf, dcf0 dc8f dcbf dcbf",
        "f880808080, dcf8 dc80 dc80 dc80 dc80"
    })
    void overlongSequencesAreEscaped(String bytes, String units) {
        assertDecodesAndEncodesBack(bytes, units);
    }

    @ParameterizedTest
    @CsvSource({
        "eda080, dced dca0 dc80",
        "edbfbf, dced dcbf dcbf",
        "eda0bdedb880, dced dca0 dcbd dced dcb8 dc80",
        "f4908080, dcf4 dc90 dc80 dc80",
        "f5808080, dcf5 dc80 dc80 dc80"
    })
    void surrogatesAndNumbersBeyondUnicodeAreEscaped(String bytes, String units) {
        assertDecodesAndEncodesBack(bytes, units);
    }

    @ParameterizedTest
    @CsvSource({
        "c3, dcc3",
        "c341, dcc3 0041",
        "41ff42, 0041 dcff 0042",
        "e282, dce2 dc82",
        "e28241, dce2 dc82 0041",
        "f09f98, dcf0 dc9f dc98",
        "f09f9841, dcf0 dc9f dc98 0041",
        "f09fe282ac, dcf0 dc9f 20ac",
        "eda0, dced dca0",
        "edb2, dced dcb2"
    })
    void truncatedSequencesAreEscaped(String bytes, String units) {
        assertDecodesAndEncodesBack(bytes, units);
    }

    @Property
    void arbitraryBytesAreDecodedAndEncodedBack(@ForAll byte[] bytes) {
        assertThat(SurrogateEscape.encode(SurrogateEscape.decode(bytes))).isEqualTo(bytes);
    }

    @Property
    void validUtf8IsDecodedAsJavaDecodes(@ForAll String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(SurrogateEscape.decode(bytes)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    /** The right column has what {@code os.fsdecode(name).encode('utf-8', 'surrogatepass')} printed in CPython 3.11.7. */
    @ParameterizedTest
    @CsvSource({
        "61, 61",
        "c3a9, c3a9",
        "ff, edb3bf",
        "80, edb280",
        "f09f9880e9, f09f9880edb3a9",
        "edb3a9, edb3adedb2b3edb2a9"
    })
    void marshalWritesTheTextInUtf8(String bytes, String marshalled) {
        RawPath path = path(bytes);

        assertThat(path.toMarshalled()).isEqualTo(path(marshalled));
        assertThat(path(marshalled).isMarshalledText()).isTrue();
        assertThat(path(marshalled).fromMarshalled()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"ff, false", "c3, false", "edb3, false", "edb3c3a9, false", "f4908080, false", "eda080, true"})
    void anotherTextIsNoTextOfMarshal(String bytes, boolean isText) {
        assertThat(path(bytes).isMarshalledText()).isEqualTo(isText);
        assertThat(path(bytes).fromMarshalled()).isEqualTo(path(bytes));
    }

    @Property
    void marshalKeepsEveryPath(@ForAll byte[] bytes) {
        RawPath path = RawPath.of(bytes, 0, bytes.length);

        assertThat(path.toMarshalled().isMarshalledText()).isTrue();
        assertThat(path.toMarshalled().fromMarshalled()).isEqualTo(path);
    }

    private static RawPath path(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return RawPath.of(bytes, 0, bytes.length);
    }

    private static void assertDecodesAndEncodesBack(String hex, String units) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        String text = RawPath.of(bytes, 0, bytes.length).toPython();

        assertThat(text.chars()
                        .mapToObj(c -> HexFormat.of().toHexDigits((char) c))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(units);
        assertThat(RawPath.of(text).toBytes()).isEqualTo(bytes);
    }
}
