package dev.freshpyc.core.marshal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.SparseFile;
import dev.freshpyc.core.marshal.MarshalBody.Complete;
import dev.freshpyc.core.marshal.MarshalBody.Empty;
import dev.freshpyc.core.marshal.MarshalBody.Truncated;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks bodies that real interpreters wrote: whole, truncated at every byte, and followed by other bytes. */
class MarshalFixtureTest {
    private static final String FIXTURES = "dev.freshpyc.core.marshal.Fixture#all";

    private final MarshalWalker walker = new MarshalWalker();

    @ParameterizedTest
    @MethodSource(FIXTURES)
    void aWholeBodyIsComplete(Fixture fixture) throws IOException {
        byte[] file = fixture.file();

        assertThat(walk(fixture, SparseFile.of(file))).isEqualTo(new Complete(file.length));
    }

    @ParameterizedTest
    @MethodSource(FIXTURES)
    void aTruncatedBodyIsReportedAsTruncated(Fixture fixture) throws IOException {
        byte[] file = fixture.file();

        assertThat(walk(fixture, SparseFile.of(Arrays.copyOf(file, fixture.start()))))
                .isEqualTo(new Empty());
        for (int length = fixture.start() + 1; length < file.length; length++) {
            int end = length;
            assertThat(walk(fixture, SparseFile.of(Arrays.copyOf(file, length))))
                    .isInstanceOfSatisfying(
                            Truncated.class,
                            truncated -> assertThat(truncated.offset()).isBetween(fixture.start() + 1L, (long) end));
        }
    }

    @ParameterizedTest
    @MethodSource(FIXTURES)
    void aTruncatedHeaderLeavesAnEmptyBody(Fixture fixture) throws IOException {
        assertThat(walk(fixture, SparseFile.of(new byte[3]))).isEqualTo(new Empty());
    }

    @ParameterizedTest
    @MethodSource(FIXTURES)
    void bytesBehindTheBodyAreIgnored(Fixture fixture) throws IOException {
        byte[] file = fixture.file();
        var longer = SparseFile.of(file).append(file).appendHole(100);

        assertThat(walk(fixture, longer)).isEqualTo(new Complete(file.length));
    }

    @ParameterizedTest
    @MethodSource(FIXTURES)
    void shortReadsDoNotChangeTheResult(Fixture fixture) throws IOException {
        byte[] file = fixture.file();
        var source = new SparseFile(1).append(file);

        assertThat(walk(fixture, source)).isEqualTo(new Complete(file.length));
        assertThat(source.reads()).isLessThanOrEqualTo(file.length);
    }

    @ParameterizedTest
    @MethodSource(FIXTURES)
    void theFirstByteOfABodyMayBeginCode(Fixture fixture) {
        assertThat(MarshalDialect.mayBeginCode(fixture.body()[0])).isTrue();
    }

    private MarshalBody walk(Fixture fixture, SparseFile source) throws IOException {
        return walker.walk(source, fixture.start(), fixture.dialect());
    }
}
