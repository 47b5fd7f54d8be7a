package dev.freshpyc.core.manifest;

import static dev.freshpyc.core.manifest.WheelRecordTest.base64;
import static dev.freshpyc.core.manifest.WheelRecordTest.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WheelRecordPropertyTest {
    private static final RawPath MANIFEST = RawPath.of("/lib/x.dist-info/RECORD");
    private static final String HASH = "sha256=" + base64(new byte[32]);

    /** A row to write. The digest is not a path; a {@link RawPath} only holds its bytes. */
    record Row(RawPath path, RawPath digest) {}

    @Property
    void writtenRowsAreReadBack(@ForAll("rows") List<Row> rows, @ForAll("pieceLengths") int pieceLength) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Map<RawPath, byte[]> expected = new LinkedHashMap<>();
        for (Row row : rows) {
            written.writeBytes(csv(row.path().toBytes()));
            written.writeBytes(
                    (",sha256=" + base64(row.digest().toBytes()) + ",5\r\n").getBytes(StandardCharsets.US_ASCII));
            expected.put(row.path(), row.digest().toBytes());
        }
        Map<RawPath, ExpectedDigest> read = new LinkedHashMap<>();
        var parser = new WheelRecord(MANIFEST, read::put);

        take(parser, written.toByteArray(), pieceLength);

        assertThat(read.keySet()).isEqualTo(expected.keySet());
        read.forEach((path, digest) -> assertThat(digest.matches(expected.getOrDefault(path, new byte[0])))
                .isTrue());
        assertThat(parser.badRows()).isZero();
    }

    @Property
    void arbitraryBytesAreParsedWithoutAnException(@ForAll byte[] bytes, @ForAll("pieceLengths") int pieceLength) {
        var parser =
                new WheelRecord(MANIFEST, (path, _) -> assertThat(path.length()).isPositive());
        take(parser, bytes, pieceLength);

        assertThat(parser.rows() + parser.badRows()).isLessThanOrEqualTo(bytes.length);
    }

    /** Most tokens have a meaning in CSV, so the parser enters all of its states. */
    @Property
    void arbitraryTokensAreParsedWithoutAnException(
            @ForAll("tokens") List<String> tokens, @ForAll("pieceLengths") int pieceLength) {
        var parser =
                new WheelRecord(MANIFEST, (path, _) -> assertThat(path.length()).isPositive());
        byte[] bytes = String.join("", tokens).getBytes(StandardCharsets.UTF_8);
        take(parser, bytes, pieceLength);
        take(parser, ("\"\n\nlast.py," + HASH + ",1\n").getBytes(StandardCharsets.US_ASCII), pieceLength);

        assertThat(parser.rows() + parser.badRows()).isBetween(1L, bytes.length + 3L);
    }

    @Property
    void thePiecesInWhichARecordArrivesDoNotMatter(
            @ForAll("tokens") List<String> tokens, @ForAll("pieceLengths") int pieceLength) {
        byte[] bytes = String.join("", tokens).getBytes(StandardCharsets.UTF_8);
        List<RawPath> whole = new ArrayList<>();
        var ofWhole = new WheelRecord(MANIFEST, (path, _) -> whole.add(path));
        List<RawPath> pieces = new ArrayList<>();
        var ofPieces = new WheelRecord(MANIFEST, (path, _) -> pieces.add(path));

        take(ofWhole, bytes, Math.max(1, bytes.length));
        take(ofPieces, bytes, pieceLength);

        assertThat(pieces).isEqualTo(whole);
        assertThat(ofPieces.rows()).isEqualTo(ofWhole.rows());
        assertThat(ofPieces.badRows()).isEqualTo(ofWhole.badRows());
    }

    @Provide
    Arbitrary<Integer> pieceLengths() {
        return Arbitraries.integers().between(1, 40);
    }

    @Provide
    Arbitrary<List<String>> tokens() {
        return Arbitraries.of("\"", "\"\"", ",", "\n", "\r", "a.py", HASH, "sha512=", "\0", "..", "1")
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        Arbitrary<RawPath> paths = Arbitraries.of(
                        (byte) 'a', (byte) '"', (byte) ',', (byte) '\n', (byte) '/', (byte) 0xff)
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(10)
                .map(bytes -> RawPath.of(bytes, 0, bytes.length));
        Arbitrary<RawPath> digests =
                Arbitraries.bytes().array(byte[].class).ofSize(32).map(bytes -> RawPath.of(bytes, 0, bytes.length));
        return Combinators.combine(paths, digests).as(Row::new).list().ofMaxSize(8);
    }

    private static byte[] csv(byte[] field) {
        String text = new String(field, StandardCharsets.ISO_8859_1);
        boolean quoted = text.contains("\"") || text.contains(",") || text.contains("\n");
        return (quoted ? '"' + text.replace("\"", "\"\"") + '"' : text).getBytes(StandardCharsets.ISO_8859_1);
    }
}
