package dev.freshpyc.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteRecordTest {

    /** The record holds a null, a blob of two bytes, a text of one byte, an integer of three bytes and the constant 1. */
    @Test
    void columnsHaveTheirTypes() {
        SqliteRecord found = record("06 00 10 0f 03 09" + "cafe" + "78" + "010203");

        assertThat(found.blob(0)).isEmpty();
        assertThat(found.blob(1)).contains(ByteBuffer.wrap(new byte[] {(byte) 0xca, (byte) 0xfe}));
        assertThat(found.blob(2)).isEmpty();
        assertThat(found.isText(2, "x")).isTrue();
        assertThat(found.isText(2, "y")).isFalse();
        assertThat(found.isText(1, new String(new byte[] {0}, StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(found.positive(3)).hasValue(0x010203);
        assertThat(found.positive(4)).isEmpty();
        assertThat(found.positive(5)).isEmpty();
        assertThat(found.blob(5)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"02 01 7f,127", "02 04 00010000,65536", "02 05 010000000000,1099511627776", "02 06 0000000000000007,7"})
    void integersOfEveryLengthAreRead(String bytes, long value) {
        assertThat(record(bytes).positive(0)).hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"02 01 ff", "02 06 8000000000000000", "02 07 3ff0000000000000", "02 00"})
    void negativeIntegersFloatsAndNullsAreNotPositive(String bytes) {
        assertThat(record(bytes).positive(0)).isEmpty();
    }

    /** Each record has no header, a header longer than the record, a reserved type, or a value beyond its end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "03 00",
                "ffffffffffffffffff 00",
                "02 0a",
                "02 0b",
                "02 01",
                "02 10 00",
                "0a ffffffffffffffffff 00",
                "0a bfffffffffffffffff 00",
                "02 81"
            })
    void aDamagedRecordIsRefused(String bytes) {
        assertThat(SqliteRecord.of(bytes(bytes))).isEmpty();
    }

    @Property
    void arbitraryBytesAreReadWithoutAnException(@ForAll("rows") byte[] payload) {
        SqliteRecord.of(payload).ifPresent(found -> {
            for (int column = 0; column < 7; column++) {
                assertThat(found.blob(column).map(ByteBuffer::remaining).orElse(0))
                        .isLessThan(payload.length);
                found.positive(column).ifPresent(value -> assertThat(value).isNotNegative());
                assertThat(found.isText(column, "x".repeat(50))).isFalse();
            }
        });
    }

    @Provide
    Arbitrary<byte[]> rows() {
        return Arbitraries.oneOf(Arbitraries.bytes(), Arbitraries.bytes().between((byte) 0, (byte) 20))
                .array(byte[].class)
                .ofMaxSize(30);
    }

    private static SqliteRecord record(String hex) {
        return SqliteRecord.of(bytes(hex)).orElseThrow();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
