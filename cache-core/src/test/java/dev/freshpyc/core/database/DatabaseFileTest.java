package dev.freshpyc.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseFileTest {
    private static final int SIZE = 100;

    /** Each byte of the file equals its position, and each read returns at most seven bytes. */
    private final DatabaseFile file = new DatabaseFile(
            (position, into, offset, length) -> {
                assertThat(position + length).isLessThanOrEqualTo(SIZE);
                int read = Math.min(length, 7);
                for (int index = 0; index < read; index++) {
                    into[offset + index] = (byte) (position + index);
                }
                return read;
            },
            SIZE);

    @Test
    void aRangeInsideTheFileIsRead() throws IOException {
        assertThat(file.read(0, SIZE).map(ByteBuffer::remaining)).contains(SIZE);
        assertThat(file.read(96, 4).map(ByteBuffer::getInt)).contains(0x60616263);
        assertThat(file.read(SIZE, 0)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "-1,1",
        "-4,2",
        "99,2",
        "100,1",
        "0,101",
        "0,2147483647",
        "0,-1",
        "50,-2147483648",
        "9223372036854775807,4",
        "-9223372036854775808,4"
    })
    void aRangeOutsideTheFileIsEmpty(long position, int length) throws IOException {
        assertThat(file.read(position, length)).isEmpty();
    }

    @Test
    void aRangeOfAFileThatBecameShorterIsEmpty() throws IOException {
        assertThat(new DatabaseFile((_, _, _, _) -> 0, SIZE).read(0, 1)).isEmpty();
    }

    @Test
    void anAllowanceIsTwiceTheFileSize() {
        Allowance allowance = new Allowance(SIZE);

        assertThat(allowance.takes(-1)).isFalse();
        assertThat(allowance.takes(150)).isTrue();
        assertThat(allowance.takes(51)).isFalse();
        assertThat(allowance.takes(50)).isTrue();
        assertThat(allowance.takes(1)).isFalse();
    }

    @Test
    void aValueLongerThanTheLimitIsRefused() {
        Allowance allowance = new Allowance(Long.MAX_VALUE / 4);

        assertThat(allowance.takesValue(Allowance.MAX_VALUE)).isTrue();
        assertThat(allowance.takesValue(Allowance.MAX_VALUE + 1)).isFalse();
        assertThat(allowance.takesValue(-1)).isFalse();
    }
}
