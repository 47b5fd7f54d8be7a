package dev.freshpyc.core.manifest.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpmFilesTest {
    private static final String DIGEST = "ab".repeat(32);

    @Test
    void aPathIsADirectoryNameAndABaseName() {
        RpmFiles files = files(new RpmHeaderBuilder()
                .strings(RpmHeaderBuilder.BASENAMES, "a.py", "b.py", "c.py")
                .strings(RpmHeaderBuilder.DIRNAMES, "/usr/lib/", "/opt/")
                .numbers(RpmHeaderBuilder.DIRINDEXES, 1, 0, 1)
                .strings(RpmHeaderBuilder.FILEDIGESTS, DIGEST, "", DIGEST)
                .numbers(RpmHeaderBuilder.FILEDIGESTALGO, 8));

        assertThat(files.count()).isEqualTo(3);
        assertThat(files.path(0)).contains(RawPath.of("opt/a.py"));
        assertThat(files.path(1)).contains(RawPath.of("usr/lib/b.py"));
        assertThat(files.path(2)).contains(RawPath.of("opt/c.py"));
        assertThat(files.digest(0)).isEqualTo(DIGEST);
        assertThat(files.digest(1)).isEmpty();
        assertThat(files.digestAlgorithm()).isEqualTo(8);
    }

    @Test
    void withoutAnAlgorithmTheDigestsAreMd5() {
        RpmFiles files = files(new RpmHeaderBuilder()
                .strings(RpmHeaderBuilder.BASENAMES, "a.py")
                .strings(RpmHeaderBuilder.DIRNAMES, "/")
                .numbers(RpmHeaderBuilder.DIRINDEXES, 0)
                .strings(RpmHeaderBuilder.FILEDIGESTS, "ab".repeat(16)));

        assertThat(files.digestAlgorithm()).isEqualTo(1);
        assertThat(files.path(0)).contains(RawPath.of("a.py"));
    }

    /** RPM appends a second entry when a package was relocated during the installation. */
    @Test
    void theLastEntryOfATagIsUsed() {
        RpmHeaderBuilder header =
                RpmHeaderBuilder.sha256("/usr/lib/", "a.py", DIGEST).strings(RpmHeaderBuilder.DIRNAMES, "/opt/");

        assertThat(files(header).path(0)).contains(RawPath.of("opt/a.py"));
    }

    @Test
    void aPackageWithoutFilesIsEmpty() {
        assertThat(files(new RpmHeaderBuilder().strings(1000, "name")).count()).isZero();
        assertThat(files(new RpmHeaderBuilder().strings(RpmHeaderBuilder.BASENAMES, "a.py"))
                        .count())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aFileWithAWrongDirectoryIndexHasNoPath(int index) {
        RpmHeaderBuilder header =
                RpmHeaderBuilder.sha256("/usr/lib/", "a.py", DIGEST).numbers(RpmHeaderBuilder.DIRINDEXES, index);

        assertThat(files(header).path(0)).isEmpty();
    }

    @Test
    void relativeEmptyAndTooLongPathsAreRefused() {
        assertThat(files(RpmHeaderBuilder.sha256("usr/lib/", "a.py", DIGEST)).path(0))
                .isEmpty();
        assertThat(files(RpmHeaderBuilder.sha256("", "", DIGEST)).path(0)).isEmpty();
        assertThat(files(RpmHeaderBuilder.sha256("/", "", DIGEST)).path(0)).isEmpty();
        assertThat(files(RpmHeaderBuilder.sha256("/" + "x".repeat(4090), "a.py", DIGEST))
                        .path(0))
                .isPresent();
        assertThat(files(RpmHeaderBuilder.sha256("/" + "x".repeat(4096), "a.py", DIGEST))
                        .path(0))
                .isEmpty();
    }

    @Test
    void arraysOfDifferentLengthsOrWrongTypesAreRefused() {
        RpmHeaderBuilder header = RpmHeaderBuilder.sha256("/usr/lib/", "a.py", DIGEST, "b.py", DIGEST);
        assertThat(RpmFiles.of(header.bytes())).isPresent();
        for (RpmHeaderBuilder wrong : new RpmHeaderBuilder[] {
            twoFiles().strings(RpmHeaderBuilder.FILEDIGESTS, DIGEST),
            twoFiles().numbers(RpmHeaderBuilder.DIRINDEXES, 0),
            twoFiles().numbers(RpmHeaderBuilder.DIRINDEXES, 0, 0, 0),
            twoFiles().strings(RpmHeaderBuilder.BASENAMES, "a.py"),
            twoFiles().numbers(RpmHeaderBuilder.BASENAMES, 1, 2),
            twoFiles()
                    .entry(
                            RpmHeaderBuilder.DIRNAMES,
                            RpmHeader.STRING_ARRAY,
                            1,
                            "/no NUL".getBytes(StandardCharsets.US_ASCII)),
            twoFiles().entry(RpmHeaderBuilder.DIRNAMES, RpmHeader.STRING_ARRAY, 0, new byte[1]),
            twoFiles().entry(RpmHeaderBuilder.DIRNAMES, RpmHeader.STRING_ARRAY, -1, 1, new byte[1]),
            twoFiles().entry(RpmHeaderBuilder.DIRNAMES, RpmHeader.STRING_ARRAY, 1 << 20, 1, new byte[1]),
            twoFiles().entry(RpmHeaderBuilder.DIRNAMES, RpmHeader.STRING_ARRAY, Integer.MAX_VALUE, new byte[1]),
            twoFiles().entry(RpmHeaderBuilder.DIRINDEXES, RpmHeader.INT32, 2, new byte[7]),
            twoFiles().entry(RpmHeaderBuilder.DIRINDEXES, RpmHeader.INT32, 0x40000001, new byte[8])
        }) {
            assertThat(RpmFiles.of(wrong.bytes())).isEmpty();
        }
    }

    @Test
    void aPackageWithMoreFilesThanRpmAllowsIsRefused() {
        assertThat(files(withEmptyNames(0xfffff)).count()).isEqualTo(0xfffff);
        assertThat(RpmFiles.of(withEmptyNames(0x100000).bytes())).isEmpty();
    }

    private static RpmHeaderBuilder withEmptyNames(int files) {
        return new RpmHeaderBuilder()
                .entry(RpmHeaderBuilder.DIRINDEXES, RpmHeader.INT32, files, new byte[Integer.BYTES * files])
                .entry(RpmHeaderBuilder.BASENAMES, RpmHeader.STRING_ARRAY, files, new byte[files])
                .entry(RpmHeaderBuilder.FILEDIGESTS, RpmHeader.STRING_ARRAY, files, new byte[files])
                .strings(RpmHeaderBuilder.DIRNAMES, "/");
    }

    @Test
    void aTruncatedOrExtendedHeaderIsRefused() {
        ByteBuffer header = RpmHeaderBuilder.sha256("/usr/lib/", "a.py", DIGEST).bytes();
        for (int length = 0; length < header.limit(); length++) {
            assertThat(RpmFiles.of(header.slice(0, length))).isEmpty();
        }
        ByteBuffer longer =
                ByteBuffer.allocate(header.limit() + 1).put(header.duplicate()).rewind();
        assertThat(RpmFiles.of(longer)).isEmpty();
        assertThat(RpmFiles.of(header.duplicate().putInt(0, -1))).isEmpty();
        assertThat(RpmFiles.of(ByteBuffer.allocate(8))).isEmpty();
    }

    private static RpmHeaderBuilder twoFiles() {
        return RpmHeaderBuilder.sha256("/usr/lib/", "a.py", DIGEST, "b.py", DIGEST);
    }

    private static RpmFiles files(RpmHeaderBuilder header) {
        return RpmFiles.of(header.bytes()).orElseThrow();
    }
}
