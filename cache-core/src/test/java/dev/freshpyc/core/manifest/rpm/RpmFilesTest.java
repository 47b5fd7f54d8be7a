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
    void aFileIsADirectoryAndAName() {
        RpmFiles files = files(new HeaderBytes()
                .strings(HeaderBytes.BASENAMES, "a.py", "b.py", "c.py")
                .strings(HeaderBytes.DIRNAMES, "/usr/lib/", "/opt/")
                .numbers(HeaderBytes.DIRINDEXES, 1, 0, 1)
                .strings(HeaderBytes.FILEDIGESTS, DIGEST, "", DIGEST)
                .numbers(HeaderBytes.FILEDIGESTALGO, 8));

        assertThat(files.count()).isEqualTo(3);
        assertThat(files.path(0)).contains(RawPath.of("opt/a.py"));
        assertThat(files.path(1)).contains(RawPath.of("usr/lib/b.py"));
        assertThat(files.path(2)).contains(RawPath.of("opt/c.py"));
        assertThat(files.digest(0)).isEqualTo(DIGEST);
        assertThat(files.digest(1)).isEmpty();
        assertThat(files.digestAlgorithm()).isEqualTo(8);
    }

    @Test
    void withoutAFunctionItIsMd5() {
        RpmFiles files = files(new HeaderBytes()
                .strings(HeaderBytes.BASENAMES, "a.py")
                .strings(HeaderBytes.DIRNAMES, "/")
                .numbers(HeaderBytes.DIRINDEXES, 0)
                .strings(HeaderBytes.FILEDIGESTS, "ab".repeat(16)));

        assertThat(files.digestAlgorithm()).isEqualTo(1);
        assertThat(files.path(0)).contains(RawPath.of("a.py"));
    }

    /** As of a package that was moved when it was installed. */
    @Test
    void ofTwoEntriesTheLastCounts() {
        HeaderBytes header = HeaderBytes.sha256("/usr/lib/", "a.py", DIGEST).strings(HeaderBytes.DIRNAMES, "/opt/");

        assertThat(files(header).path(0)).contains(RawPath.of("opt/a.py"));
    }

    @Test
    void aPackageWithoutFilesHasNone() {
        assertThat(files(new HeaderBytes().strings(1000, "name")).count()).isZero();
        assertThat(files(new HeaderBytes().strings(HeaderBytes.BASENAMES, "a.py"))
                        .count())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void anIndexOfNoDirectoryIsNoPath(int index) {
        HeaderBytes header = HeaderBytes.sha256("/usr/lib/", "a.py", DIGEST).numbers(HeaderBytes.DIRINDEXES, index);

        assertThat(files(header).path(0)).isEmpty();
    }

    @Test
    void aPathIsAbsoluteAndNotTooLong() {
        assertThat(files(HeaderBytes.sha256("usr/lib/", "a.py", DIGEST)).path(0))
                .isEmpty();
        assertThat(files(HeaderBytes.sha256("", "", DIGEST)).path(0)).isEmpty();
        assertThat(files(HeaderBytes.sha256("/", "", DIGEST)).path(0)).isEmpty();
        assertThat(files(HeaderBytes.sha256("/" + "x".repeat(4090), "a.py", DIGEST))
                        .path(0))
                .isPresent();
        assertThat(files(HeaderBytes.sha256("/" + "x".repeat(4096), "a.py", DIGEST))
                        .path(0))
                .isEmpty();
    }

    @Test
    void arraysThatDoNotBelongTogetherAreNone() {
        HeaderBytes header = HeaderBytes.sha256("/usr/lib/", "a.py", DIGEST, "b.py", DIGEST);
        assertThat(RpmFiles.of(header.bytes())).isPresent();
        for (HeaderBytes wrong : new HeaderBytes[] {
            two().strings(HeaderBytes.FILEDIGESTS, DIGEST),
            two().numbers(HeaderBytes.DIRINDEXES, 0),
            two().numbers(HeaderBytes.DIRINDEXES, 0, 0, 0),
            two().strings(HeaderBytes.BASENAMES, "a.py"),
            two().numbers(HeaderBytes.BASENAMES, 1, 2),
            two().entry(HeaderBytes.DIRNAMES, RpmHeader.STRING_ARRAY, 1, "/no NUL".getBytes(StandardCharsets.US_ASCII)),
            two().entry(HeaderBytes.DIRNAMES, RpmHeader.STRING_ARRAY, 0, new byte[1]),
            two().entry(HeaderBytes.DIRNAMES, RpmHeader.STRING_ARRAY, -1, 1, new byte[1]),
            two().entry(HeaderBytes.DIRNAMES, RpmHeader.STRING_ARRAY, 1 << 20, 1, new byte[1]),
            two().entry(HeaderBytes.DIRNAMES, RpmHeader.STRING_ARRAY, Integer.MAX_VALUE, new byte[1]),
            two().entry(HeaderBytes.DIRINDEXES, RpmHeader.INT32, 2, new byte[7]),
            two().entry(HeaderBytes.DIRINDEXES, RpmHeader.INT32, 0x40000001, new byte[8])
        }) {
            assertThat(RpmFiles.of(wrong.bytes())).isEmpty();
        }
    }

    @Test
    void aPackageHasNoMoreFilesThanRpmAllows() {
        assertThat(files(empty(0xfffff)).count()).isEqualTo(0xfffff);
        assertThat(RpmFiles.of(empty(0x100000).bytes())).isEmpty();
    }

    private static HeaderBytes empty(int files) {
        return new HeaderBytes()
                .entry(HeaderBytes.DIRINDEXES, RpmHeader.INT32, files, new byte[Integer.BYTES * files])
                .entry(HeaderBytes.BASENAMES, RpmHeader.STRING_ARRAY, files, new byte[files])
                .entry(HeaderBytes.FILEDIGESTS, RpmHeader.STRING_ARRAY, files, new byte[files])
                .strings(HeaderBytes.DIRNAMES, "/");
    }

    @Test
    void aHeaderIsAllOfItsBytes() {
        ByteBuffer header = HeaderBytes.sha256("/usr/lib/", "a.py", DIGEST).bytes();
        for (int length = 0; length < header.limit(); length++) {
            assertThat(RpmFiles.of(header.slice(0, length))).isEmpty();
        }
        ByteBuffer longer =
                ByteBuffer.allocate(header.limit() + 1).put(header.duplicate()).rewind();
        assertThat(RpmFiles.of(longer)).isEmpty();
        assertThat(RpmFiles.of(header.duplicate().putInt(0, -1))).isEmpty();
        assertThat(RpmFiles.of(ByteBuffer.allocate(8))).isEmpty();
    }

    private static HeaderBytes two() {
        return HeaderBytes.sha256("/usr/lib/", "a.py", DIGEST, "b.py", DIGEST);
    }

    private static RpmFiles files(HeaderBytes header) {
        return RpmFiles.of(header.bytes()).orElseThrow();
    }
}
