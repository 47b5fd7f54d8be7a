package dev.freshpyc.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestsTest {
    private static final RawPath SOURCE = RawPath.of("a.py");
    private static final RawPath PYC = RawPath.of("__pycache__/a.cpython-311.pyc");

    private final Manifests manifests = new Manifests(WantedFiles.ALL);

    @ParameterizedTest
    @CsvSource({
        "a/b.py,         a/b.py",
        "./a//b.py,      a/b.py",
        "a/../b.py,      b.py",
        "../b.py,        ",
        "a/../../lib/b.py, ",
        "..,             ",
        "/lib/x/b.py,    x/b.py",
        "/lib/../b.py,   ",
        "/other/b.py,    ",
        "/library/b.py,  ",
        "/../lib/b.py,   b.py"
    })
    void aManifestPathIsResolvedInsideTheDirectory(String path, @Nullable String inside) {
        assertThat(Manifests.inside(RawPath.of("/lib"), RawPath.of(path)).map(RawPath::toPython))
                .isEqualTo(Optional.ofNullable(inside));
    }

    @Test
    void manifestsKeepOnlySourcesAndPycs() {
        manifests.add(RawPath.of("a.txt"), expected(1, "m"));
        manifests.add(SOURCE, expected(1, "m"));

        assertThat(manifests.expected(RawPath.of("a.txt"))).isEmpty();
        assertThat(manifests.expected(SOURCE)).isNotEmpty();
        assertThat(manifests.expected(PYC)).isEmpty();
    }

    @Test
    void aFileHasNoExpectedDigestWhenTwoManifestsDisagree() {
        manifests.add(SOURCE, expected(1, "m"));
        manifests.add(SOURCE, expected(1, "n"));
        assertThat(manifests.expected(SOURCE)).isNotEmpty();

        manifests.add(SOURCE, expected(2, "n"));
        assertThat(manifests.expected(SOURCE)).isEmpty();
        manifests.add(SOURCE, expected(1, "m"));
        assertThat(manifests.expected(SOURCE)).isEmpty();
    }

    @Test
    void aManifestThatListsBothFilesGivesAPair() {
        manifests.add(SOURCE, expected(1, "m"));
        assertThat(manifests.pair(SOURCE, PYC)).isEmpty();

        manifests.add(PYC, expected(2, "m"));
        Manifests.DigestPair pair = manifests.pair(SOURCE, PYC).orElseThrow();
        assertThat(pair.matches(digest(1), digest(2))).isTrue();
        assertThat(pair.matches(digest(3), digest(2))).isFalse();
        assertThat(pair.matches(digest(1), digest(3))).isFalse();
        assertThat(pair.isWeak()).isTrue();
    }

    @Test
    void filesOfDifferentManifestsGiveNoPair() {
        manifests.add(SOURCE, expected(1, "m"));
        manifests.add(PYC, expected(2, "n"));

        assertThat(manifests.pair(SOURCE, PYC)).isEmpty();
    }

    /** A Debian package may contain a RECORD file: its md5sums and its RECORD then both list the same file. */
    @Test
    void manifestsWithDifferentAlgorithmsDoNotConflict() {
        manifests.add(SOURCE, expected(1, "sums"));
        manifests.add(SOURCE, new ExpectedDigest(DigestAlgorithm.SHA256, new byte[32], RawPath.of("RECORD")));
        manifests.add(PYC, expected(2, "sums"));

        assertThat(manifests.expected(SOURCE).map(ExpectedDigest::algorithm)).contains(DigestAlgorithm.SHA256);
        assertThat(manifests.pair(SOURCE, PYC))
                .hasValueSatisfying(pair -> assertThat(pair.isWeak()).isTrue());

        manifests.add(PYC, new ExpectedDigest(DigestAlgorithm.SHA256, new byte[32], RawPath.of("RECORD")));
        assertThat(manifests.pair(SOURCE, PYC))
                .hasValueSatisfying(pair -> assertThat(pair.isWeak()).isFalse());
    }

    /** A contradiction is detected even if the contradicting manifest is not kept. */
    @Test
    void onlyAFewManifestsAreKeptForOneFile() {
        for (int manifest = 0; manifest < 100; manifest++) {
            manifests.add(SOURCE, expected(1, "m" + manifest));
            manifests.add(PYC, expected(1, "m" + manifest));
        }

        assertThat(manifests.listed(SOURCE)).hasSize(8);
        assertThat(manifests.pair(SOURCE, PYC)).isNotEmpty();
        manifests.add(SOURCE, expected(2, "last"));
        assertThat(manifests.pair(SOURCE, PYC)).isEmpty();
    }

    /** An RPM header stores a directory name once for many files, so the full paths take more memory than the header. */
    @Test
    void manifestsAreFullWhenThePathsReachTheMemoryLimit() {
        RawPath path = RawPath.of("x".repeat((1 << 20) - 3) + ".py");
        for (int file = 0; file < 255; file++) {
            manifests.add(path, expected(1, "m"));
        }
        assertThat(manifests.isFull()).isFalse();

        manifests.add(path, expected(1, "m"));
        assertThat(manifests.isFull()).isTrue();
        assertThat(manifests.isFull(new Md5Sums(RawPath.of("m"), RowFilter.ALL, (_, _) -> {})))
                .isTrue();
    }

    private static ExpectedDigest expected(int first, String manifest) {
        return new ExpectedDigest(DigestAlgorithm.MD5, digest(first), RawPath.of(manifest));
    }

    private static byte[] digest(int first) {
        byte[] digest = new byte[16];
        digest[0] = (byte) first;
        return digest;
    }
}
