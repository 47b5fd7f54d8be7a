package dev.freshpyc.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WheelRecordTest {
    private static final RawPath MANIFEST = RawPath.of("/lib/x.dist-info/RECORD");
    private static final byte[] DIGEST = new byte[32];
    private static final String HASH = "sha256=" + base64(DIGEST);

    private final Map<RawPath, ExpectedDigest> found = new LinkedHashMap<>();
    private final WheelRecord parser = new WheelRecord(MANIFEST, found::put);

    @Test
    void aRowWithADigestIsReported() {
        parse("a/b.py," + HASH + ",12\r\nc.py," + HASH + ",\n");

        assertPaths("a/b.py", "c.py");
        ExpectedDigest expected = found.values().iterator().next();
        assertThat(expected.algorithm()).isEqualTo(DigestAlgorithm.SHA256);
        assertThat(expected.manifest()).isEqualTo(MANIFEST);
        assertThat(expected.matches(DIGEST)).isTrue();
        assertThat(expected.matches(new byte[31])).isFalse();
        assertThat(expected.matches(digestOf(1))).isFalse();
        assertCounts(2, 0);
    }

    @Test
    void aRowWithoutADigestIsCountedAndNotReported() {
        parse("a.pyc,,\nx.dist-info/RECORD,,\n");

        assertThat(found).isEmpty();
        assertCounts(2, 0);
    }

    @Test
    void aHexadecimalDigestIsRead() {
        parse("a.py,sha256=" + "00".repeat(32) + ",1\nb.py,sha256=" + "0g".repeat(32) + ",1\n");

        assertPaths("a.py");
        assertThat(found.values())
                .allSatisfy(expected -> assertThat(expected.matches(DIGEST)).isTrue());
        assertCounts(1, 1);
    }

    @Test
    void quotedPathsAreUnquoted() {
        parse("\"a,b.py\"," + HASH + ",1\n\"a\"\"b.py\"," + HASH + ",1\n\"a\nb.py\"," + HASH + ",\"1\"\na\"b.py," + HASH
                + ",1");

        assertPaths("a,b.py", "a\"b.py", "a\nb.py");
        assertCounts(4, 0);
    }

    @Test
    void aBadRowIsCountedAndTheNextRowIsRead() {
        for (String row : List.of(
                "a.py",
                "a.py," + HASH,
                "a.py," + HASH + ",1,2",
                "," + HASH + ",1",
                "a.py," + HASH + ",x",
                "a.py,md5=AAAAAAAAAAAAAAAAAAAAAA,1",
                "a.py,sha256=AAAA,1",
                "a.py,sha256=!,1",
                "a.py,AAAA,1",
                "\"a.py\"x," + HASH + ",1",
                "a\0.py," + HASH + ",1",
                "a".repeat(ManifestParser.ROW_LIMIT) + ".py," + HASH + ",1")) {
            var newParser = new WheelRecord(MANIFEST, found::put);
            take(newParser, (row + "\nb.py," + HASH + ",1\n").getBytes(StandardCharsets.UTF_8), 7);
            assertThat(found.keySet()).as(row).containsExactly(RawPath.of("b.py"));
            assertThat(newParser.badRows()).as(row).isOne();
            assertThat(newParser.rows()).as(row).isOne();
            found.clear();
        }
    }

    @Test
    void aRowThatEndsInsideQuotesIsBad() {
        parse("\"a.py," + HASH + ",1\n");

        assertThat(found).isEmpty();
        assertCounts(0, 1);
    }

    static String base64(byte[] digest) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    private static byte[] digestOf(int first) {
        byte[] digest = DIGEST.clone();
        digest[0] = (byte) first;
        return digest;
    }

    private void parse(String content) {
        take(parser, content.getBytes(StandardCharsets.UTF_8), 3);
    }

    static void take(ManifestParser parser, byte[] bytes, int piece) {
        for (int from = 0; from < bytes.length; from += piece) {
            parser.take(bytes, from, Math.min(piece, bytes.length - from));
        }
        parser.end();
    }

    private void assertPaths(String... paths) {
        assertThat(found.keySet())
                .containsExactly(List.of(paths).stream().map(RawPath::of).toArray(RawPath[]::new));
    }

    private void assertCounts(long rows, long bad) {
        assertThat(parser.rows()).isEqualTo(rows);
        assertThat(parser.badRows()).isEqualTo(bad);
    }
}
