package dev.freshpyc.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.manifest.rpm.RpmHeaderBuilder;
import dev.freshpyc.core.path.RawPath;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpmPackageTest {
    private static final String DIGEST = "ab".repeat(32);

    private final Map<RawPath, ExpectedDigest> rows = new LinkedHashMap<>();
    private final RpmPackage parser = new RpmPackage(RawPath.of("/var/lib/rpm/Packages#1"), rows::put);

    @Test
    void goodRowsAreReportedAndBadRowsAreCounted() {
        take(RpmHeaderBuilder.sha256(
                "/lib/",
                "a.py",
                DIGEST,
                "ghost",
                "",
                "short.py",
                "ab",
                "odd.py",
                DIGEST.substring(1),
                "letters.py",
                "xy".repeat(32),
                "",
                DIGEST));

        assertThat(rows).containsOnlyKeys(RawPath.of("lib/a.py"), RawPath.of("lib/"));
        assertThat(rows.get(RawPath.of("lib/a.py"))).hasToString("sha256=" + DIGEST);
        assertThat(parser.rows()).isEqualTo(3);
        assertThat(parser.badRows()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"1,16,md5", "8,32,sha256", "9,48,sha384", "10,64,sha512"})
    void everyKnownDigestAlgorithmIsRead(int number, int length, String label) {
        take(RpmHeaderBuilder.sha256("/lib/", "a.py", "ab".repeat(length))
                .numbers(RpmHeaderBuilder.FILEDIGESTALGO, number));

        assertThat(rows.get(RawPath.of("lib/a.py"))).hasToString(label + "=" + "ab".repeat(length));
    }

    @ParameterizedTest
    @CsvSource({"2,20", "11,28", "0,32", "-1,32", "1,32", "8,16"})
    void unknownAlgorithmsAndWrongLengthsAreBadRows(int number, int length) {
        take(RpmHeaderBuilder.sha256("/lib/", "a.py", "ab".repeat(length))
                .numbers(RpmHeaderBuilder.FILEDIGESTALGO, number));

        assertThat(rows).isEmpty();
        assertThat(parser.badRows()).isEqualTo(1);
    }

    @Test
    void anInvalidHeaderIsOneBadRow() {
        parser.take(ByteBuffer.allocate(100), () -> false);

        assertThat(parser.rows()).isZero();
        assertThat(parser.badRows()).isEqualTo(1);
    }

    @Test
    void readingStopsWhenTheLimitIsReached() {
        String[] files = IntStream.range(0, 200)
                .mapToObj(file -> file % 2 == 0 ? "m" + file + ".py" : DIGEST)
                .toArray(String[]::new);

        parser.take(RpmHeaderBuilder.sha256("/lib/", files).bytes(), () -> parser.rows() == 7);

        assertThat(rows).hasSize(7);
    }

    private void take(RpmHeaderBuilder header) {
        parser.take(header.bytes(), () -> false);
    }
}
