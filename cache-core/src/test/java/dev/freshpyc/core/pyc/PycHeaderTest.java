package dev.freshpyc.core.pyc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.pyc.PycHeader.BadFlags;
import dev.freshpyc.core.pyc.PycHeader.Cut;
import dev.freshpyc.core.pyc.PycHeader.Hashed;
import dev.freshpyc.core.pyc.PycHeader.Timestamped;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PycHeaderTest {
    private static final Magic MAGIC = Magic.of(3495);
    private static final int MTIME = 1_700_000_000;
    private static final int SIZE = 1234;

    @ParameterizedTest
    @CsvSource({"MTIME, 8", "MTIME_SIZE, 12", "FLAGS, 16"})
    void aFileShorterThanTheLayoutIsCut(HeaderLayout layout, int length) {
        assertThat(layout.length()).isEqualTo(length);
        for (int cut = 0; cut < length; cut++) {
            assertThat(PycHeader.parse(new byte[cut], cut, layout)).isEqualTo(new Cut(cut));
        }
        for (int whole = length; whole <= HeaderLayout.MAX_LENGTH; whole++) {
            assertThat(PycHeader.parse(new byte[whole], whole, layout)).isInstanceOf(Timestamped.class);
        }
    }

    @Test
    void bytesBehindTheEndOfTheFileAreIgnored() {
        assertThat(PycHeader.parse(new byte[4096], 15, HeaderLayout.FLAGS)).isEqualTo(new Cut(15));
        assertThat(PycHeader.parse(new byte[4096], 4096, HeaderLayout.FLAGS)).isInstanceOf(Timestamped.class);
    }

    @ParameterizedTest
    @EnumSource
    void timestampHeadersOfEveryLayoutAreParsed(HeaderLayout layout) {
        byte[] bytes =
                layout == HeaderLayout.FLAGS ? file(MAGIC.raw(), 0, MTIME, SIZE) : file(MAGIC.raw(), MTIME, SIZE, 0);

        assertThat(PycHeader.parse(bytes, bytes.length, layout))
                .isEqualTo(new Timestamped(MAGIC, layout, 0, MTIME, layout == HeaderLayout.MTIME ? 0 : SIZE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void theCheckSourceBitAloneMeansATimestampHeader(int flags) {
        assertThat(parsedWithFlags(flags)).isEqualTo(new Timestamped(MAGIC, HeaderLayout.FLAGS, flags, MTIME, SIZE));
    }

    @ParameterizedTest
    @CsvSource({"1, false", "3, true"})
    void hashBasedHeadersAreParsed(int flags, boolean checkSource) {
        assertThat(parsedWithFlags(flags))
                .isEqualTo(new Hashed(MAGIC, checkSource, new SourceHash(((long) SIZE << 32) | MTIME)));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 8, 0x100, 0x10000, 0x1000000, 0x40000001, 0x80000000, 0x80000001, 0x80000003, -1})
    void unknownFlagsAreRefused(int flags) {
        assertThat(parsedWithFlags(flags)).isEqualTo(new BadFlags(MAGIC, flags));
    }

    @Test
    void headersHaveTheBytesThatCPythonWrites() {
        byte[] bytes = HexFormat.of().parseHex("a70d0d0a" + "03000000" + "0807060504030201");

        assertThat(PycHeader.parse(bytes, 16, HeaderLayout.FLAGS))
                .isEqualTo(new Hashed(MAGIC, true, new SourceHash(0x0102030405060708L)));
        assertThat(new Hashed(MAGIC, true, new SourceHash(0x0102030405060708L)).encode())
                .isEqualTo(bytes);
        assertThat(new Timestamped(MAGIC, HeaderLayout.FLAGS, 2, 0x01020304, 5).encode())
                .isEqualTo(HexFormat.of().parseHex("a70d0d0a" + "02000000" + "04030201" + "05000000"));
    }

    @Test
    void hashedHeadersUseTheFlagsLayout() {
        assertThat(new Hashed(MAGIC, false, new SourceHash(0)).layout()).isEqualTo(HeaderLayout.FLAGS);
    }

    private static PycHeader parsedWithFlags(int flags) {
        return PycHeader.parse(file(MAGIC.raw(), flags, MTIME, SIZE), 16, HeaderLayout.FLAGS);
    }

    private static byte[] file(int... words) {
        byte[] bytes = new byte[HeaderLayout.MAX_LENGTH];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            out.putInt(word);
        }
        return bytes;
    }
}
