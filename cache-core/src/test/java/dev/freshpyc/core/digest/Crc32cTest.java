package dev.freshpyc.core.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Compares the checksum with RFC 3720, and checks blocks that end with their checksum. */
class Crc32cTest {

    private static final byte[] CHECK_INPUT = "123456789".getBytes(StandardCharsets.US_ASCII);

    @Test
    void theChecksumMatchesTheStandard() {
        assertThat(Crc32c.of(CHECK_INPUT)).isEqualTo(0xe3069283);
        assertThat(Crc32c.of(ByteBuffer.wrap(CHECK_INPUT))).isEqualTo(0xe3069283);
        assertThat(Crc32c.of("x123456789x".getBytes(StandardCharsets.US_ASCII), 1, 9))
                .isEqualTo(0xe3069283);
    }

    @Test
    void aBlockEndsWithItsChecksum() {
        byte[] block = Arrays.copyOf(CHECK_INPUT, CHECK_INPUT.length + Crc32c.LENGTH);
        Crc32c.finish(block);

        assertThat(Arrays.copyOfRange(block, CHECK_INPUT.length, block.length)).containsExactly(0x83, 0x92, 0x06, 0xe3);
        assertThat(Crc32c.isIntact(block)).isTrue();
        for (int i = 0; i < block.length; i++) {
            byte[] damaged = block.clone();
            damaged[i] ^= 1;
            assertThat(Crc32c.isIntact(damaged)).as("byte %d", i).isFalse();
        }
        assertThat(Crc32c.isIntact(new byte[3])).isFalse();
    }
}
