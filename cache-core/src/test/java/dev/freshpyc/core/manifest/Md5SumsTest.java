package dev.freshpyc.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Md5SumsTest {
    private static final RawPath MANIFEST = RawPath.of("/var/lib/dpkg/info/x.md5sums");
    private static final RowFilter EVERYWHERE = WantedFiles.ALL.below(List.of(RawPath.EMPTY));
    private static final String DIGITS = "000102030405060708090A0b0c0d0e0f";

    private final Map<RawPath, ExpectedDigest> found = new LinkedHashMap<>();
    private final Md5Sums parser = new Md5Sums(MANIFEST, EVERYWHERE, found::put);

    @Test
    void everyLineIsADigestAndAPath() {
        parse(DIGITS + "  usr/a b.py\n\n" + DIGITS + " *usr/c.py");

        assertThat(found.keySet()).containsExactly(RawPath.of("usr/a b.py"), RawPath.of("usr/c.py"));
        ExpectedDigest expected = found.values().iterator().next();
        assertThat(expected.algorithm().isWeak()).isTrue();
        assertThat(expected.matches(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}))
                .isTrue();
        assertThat(expected).hasToString("md5=" + DIGITS.toLowerCase(Locale.ROOT));
        assertThat(parser.rows()).isEqualTo(2);
        assertThat(parser.badRows()).isZero();
    }

    @Test
    void aBadLineIsCountedAndTheNextLineIsRead() {
        for (String line : List.of(
                "x",
                DIGITS,
                DIGITS + "  ",
                DIGITS + " a.py",
                "g" + DIGITS.substring(1) + "  a.py",
                DIGITS + "  a\0.py",
                DIGITS + "  " + "a".repeat(ManifestParser.ROW_LIMIT))) {
            var newParser = new Md5Sums(MANIFEST, EVERYWHERE, found::put);
            byte[] bytes = (line + "\n" + DIGITS + "  b.py\n").getBytes(StandardCharsets.UTF_8);
            newParser.take(bytes, 0, bytes.length);
            newParser.end();
            assertThat(found.keySet()).as(line).containsExactly(RawPath.of("b.py"));
            assertThat(newParser.badRows()).as(line).isOne();
            found.clear();
        }
    }

    /** Lines about files in other directories are counted and not reported. */
    @Test
    void onlyFilesInTheGivenDirectoriesAreReported() {
        var filtering = new Md5Sums(
                MANIFEST, WantedFiles.ALL.below(List.of(RawPath.of("usr/lib/a"), RawPath.of("lib/a"))), found::put);
        byte[] bytes = Stream.of("usr/lib/a/m.py", "usr/lib/a.py", "usr/lib/ab/m.py", "lib/a/b/m.pyc", "usr/lib/b/m.py")
                .map(path -> DIGITS + "  " + path + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        filtering.take(bytes, 0, bytes.length);
        filtering.end();

        assertThat(found.keySet()).containsExactly(RawPath.of("usr/lib/a/m.py"), RawPath.of("lib/a/b/m.pyc"));
        assertThat(filtering.rows()).isEqualTo(5);
        assertThat(filtering.badRows()).isZero();
    }

    @Property
    void arbitraryBytesAreParsedWithoutAnException(@ForAll byte[] bytes) {
        var newParser = new Md5Sums(
                MANIFEST, EVERYWHERE, (path, _) -> assertThat(path.length()).isPositive());
        newParser.take(bytes, 0, bytes.length);
        newParser.end();

        assertThat(newParser.rows() + newParser.badRows()).isLessThanOrEqualTo(bytes.length);
    }

    private void parse(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        parser.take(bytes, 0, bytes.length);
        parser.end();
    }
}
