package dev.freshpyc.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSourceTest {
    private static final byte[] FILE = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 100})
    void readFullyContinuesAfterAShortRead(int longestRead) throws IOException {
        byte[] into = new byte[8];

        assertThat(new SparseFile(longestRead).append(FILE).readFully(2, into, 8))
                .isTrue();
        assertThat(into).containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 100})
    void readFullyReturnsFalseAtTheEndOfTheFile(int longestRead) throws IOException {
        assertThat(new SparseFile(longestRead).append(FILE).readFully(2, new byte[9], 9))
                .isFalse();
        assertThat(new SparseFile(longestRead).append(FILE).readFully(100, new byte[9], 1))
                .isFalse();
        assertThat(new SparseFile(longestRead).append(FILE).readFully(100, new byte[9], 0))
                .isTrue();
    }

    @Test
    void anIOExceptionIsThrownToTheCaller() {
        ByteSource broken = (position, into, offset, length) -> {
            throw new IOException("EIO");
        };

        assertThatThrownBy(() -> broken.readFully(0, new byte[1], 1)).isInstanceOf(IOException.class);
    }
}
