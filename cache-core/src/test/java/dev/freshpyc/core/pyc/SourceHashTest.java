package dev.freshpyc.core.pyc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.SparseFile;
import dev.freshpyc.core.pyc.SourceHash.Algorithm;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceHashTest {
    private static final Magic MAGIC = Magic.of(3495);
    private static final int[] LONGEST_READS = {1, 3, 7, 8, 13, 64, Integer.MAX_VALUE};

    static List<InterpreterVectors.HashVector> vectors() {
        return InterpreterVectors.hashes();
    }

    @Test
    void theVectorsCoverBothAlgorithms() {
        assertThat(vectors()).hasSize(450);
        assertThat(vectors()).extracting(SourceHashTest::algorithm).contains(Algorithm.values());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aHashInMemoryMatchesTheInterpreter(InterpreterVectors.HashVector vector) {
        assertThat(SourceHash.of(vector.source(), Magic.of(vector.magic()), algorithm(vector)))
                .hasToString(vector.digest());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aStreamedHashMatchesTheInterpreter(InterpreterVectors.HashVector vector) throws IOException {
        SparseFile file = new SparseFile(5).append(vector.source());

        assertThat(SourceHash.of(
                        file, vector.source().length, Magic.of(vector.magic()), algorithm(vector), new byte[16]))
                .isNotNull()
                .hasToString(vector.digest());
    }

    @Test
    void everyVectorHasAMagicOfItsTag() {
        assertThat(vectors()).allMatch(vector -> CacheTag.of(vector.tag()).accepts(Magic.of(vector.magic())));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24, 64, 4096})
    void readLengthsDoNotChangeTheHash(int buffer) throws IOException {
        for (int size : sizesAround(buffer)) {
            byte[] source = randomBytes(size);
            for (int longestRead : LONGEST_READS) {
                assertThat(streamed(source, size, buffer, longestRead))
                        .as("%d bytes, at most %d per read", size, longestRead)
                        .isEqualTo(SourceHash.of(source, MAGIC, Algorithm.SIPHASH_1_3));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 64})
    void aSourceThatEndsTooSoonHasNoHash(int buffer) throws IOException {
        for (int size : sizesAround(buffer)) {
            byte[] source = randomBytes(size);
            for (int missing : new int[] {1, 7, 8, buffer}) {
                assertThat(streamed(source, size + missing, buffer, 3))
                        .as("%d of %d bytes", size, size + missing)
                        .isNull();
            }
        }
    }

    @Test
    void bytesBehindTheSizeAreNotHashed() throws IOException {
        byte[] source = randomBytes(100);

        assertThat(streamed(source, 64, 32, 7))
                .isEqualTo(SourceHash.of(Arrays.copyOf(source, 64), MAGIC, Algorithm.SIPHASH_1_3));
        assertThat(streamed(source, 0, 32, 7)).isEqualTo(SourceHash.of(new byte[0], MAGIC, Algorithm.SIPHASH_1_3));
    }

    @Test
    void allBytesOfTheMagicArePartOfTheKey() {
        byte[] source = randomBytes(20);

        assertThat(SourceHash.of(source, new Magic(3495), Algorithm.SIPHASH_1_3))
                .isNotEqualTo(SourceHash.of(source, MAGIC, Algorithm.SIPHASH_1_3));
    }

    @Test
    void aHashIsPrintedInTheByteOrderOfTheFile() {
        assertThat(new SourceHash(0x0102030405060708L)).hasToString("0807060504030201");
    }

    private static @Nullable SourceHash streamed(byte[] source, long size, int buffer, int longestRead)
            throws IOException {
        return SourceHash.of(
                new SparseFile(longestRead).append(source), size, MAGIC, Algorithm.SIPHASH_1_3, new byte[buffer]);
    }

    private static Algorithm algorithm(InterpreterVectors.HashVector vector) {
        return Objects.requireNonNull(CacheTag.of(vector.tag()).format().hash());
    }

    private static int[] sizesAround(int buffer) {
        return new int[] {
            0, 1, 7, 8, 9, buffer - 1, buffer, buffer + 1, buffer + 8, 2 * buffer - 1, 2 * buffer, 2 * buffer + 9
        };
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }
}
