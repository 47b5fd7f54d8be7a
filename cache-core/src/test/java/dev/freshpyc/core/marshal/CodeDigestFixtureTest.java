package dev.freshpyc.core.marshal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.SparseFile;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Digests bodies that real interpreters wrote: whole, truncated at every byte, and read in pieces. */
class CodeDigestFixtureTest {
    private static final String FIXTURES = "dev.freshpyc.core.marshal.Fixture#all";

    private final CodeDigester digester = new CodeDigester();

    @ParameterizedTest
    @MethodSource(FIXTURES)
    void theDigestOfAWholeBodyHasItsFileName(Fixture fixture) throws IOException {
        CodeDigest digest = digester.digest(SparseFile.of(fixture.file()), fixture.start(), fixture.dialect())
                .orElseThrow();

        assertThat(digest.fileName().toPython()).endsWith("constants.py");
    }

    @ParameterizedTest
    @MethodSource(FIXTURES)
    void aTruncatedBodyHasNoDigestAndDoesNotAffectTheNextBody(Fixture fixture) throws IOException {
        byte[] file = fixture.file();
        var whole = digester.digest(SparseFile.of(file), fixture.start(), fixture.dialect());
        for (int length = 0; length < file.length; length++) {
            assertThat(digester.digest(SparseFile.of(Arrays.copyOf(file, length)), fixture.start(), fixture.dialect()))
                    .as("length %d", length)
                    .isEmpty();
            assertThat(digester.digest(SparseFile.of(file), fixture.start(), fixture.dialect()))
                    .as("after length %d", length)
                    .isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource(FIXTURES)
    void shortReadsAndFollowingBytesDoNotChangeTheDigest(Fixture fixture) throws IOException {
        byte[] file = fixture.file();
        var whole = digester.digest(SparseFile.of(file), fixture.start(), fixture.dialect());
        var pieces = new SparseFile(1).append(file).append(file);

        assertThat(digester.digest(pieces, fixture.start(), fixture.dialect())).isEqualTo(whole);
    }
}
