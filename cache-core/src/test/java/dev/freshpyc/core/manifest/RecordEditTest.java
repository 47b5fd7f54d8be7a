package dev.freshpyc.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.manifest.RecordEdit.LineChange;
import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An edit changes the lines of the given files and no other byte. */
class RecordEditTest {

    private static final RawPath BASE = RawPath.of("/site");
    private static final Sha256 DIGEST = Sha256.of(new byte[32]);
    private static final String OLD = ",sha256=" + "B".repeat(42) + "A,7";
    private static final String NEW = ",sha256=" + "A".repeat(43) + ",99";

    @Test
    void theLineOfAFileGetsTheNewDigestAndSize() {
        assertThat(edit("a.py" + OLD + "\r\nb.pyc" + OLD + "\r\nc.pyc" + OLD + "\r\n", "b.pyc"))
                .isEqualTo("a.py" + OLD + "\r\nb.pyc" + NEW + "\r\nc.pyc" + OLD + "\r\n");
    }

    @Test
    void theLastLineMayLackALineEndAndASize() {
        assertThat(edit("a.py" + OLD + "\nb.pyc,sha512=AAAA,", "b.pyc")).isEqualTo("a.py" + OLD + "\nb.pyc" + NEW);
        assertThat(edit("b.pyc" + OLD, "b.pyc")).isEqualTo("b.pyc" + NEW);
    }

    @Test
    void thePathKeepsItsSpelling() {
        assertThat(edit("\"x,\"\"y.pyc\"" + OLD + "\n", "x,\"y.pyc")).isEqualTo("\"x,\"\"y.pyc\"" + NEW + "\n");
        assertThat(edit("\"x\ny.pyc\"" + OLD + "\n", "x\ny.pyc")).isEqualTo("\"x\ny.pyc\"" + NEW + "\n");
        assertThat(edit("./p/../b.pyc" + OLD + "\n", "b.pyc")).isEqualTo("./p/../b.pyc" + NEW + "\n");
        assertThat(edit("/site/b.pyc" + OLD + "\n", "b.pyc")).isEqualTo("/site/b.pyc" + NEW + "\n");
    }

    @Test
    void aLineWithoutADigestStays() {
        for (String line : List.of("b.pyc,,\n", "b.pyc,,12\n", "b.pyc\n", "b.pyc,\n", "\n", "b.pyc,,")) {
            assertThat(edit(line, "b.pyc")).isEqualTo(line);
        }
    }

    @Test
    void aBadLineStaysAndTheNextLineIsChanged() {
        for (String bad : List.of(
                "b.pyc" + OLD + ",more",
                "b.pyc" + OLD + ",",
                "\"b.pyc\"x" + OLD,
                "b\0.pyc" + OLD,
                "," + OLD,
                "b.pyc,sha256=AAAA")) {
            assertThat(edit(bad + "\nb.pyc" + OLD + "\n", "b.pyc")).isEqualTo(bad + "\nb.pyc" + NEW + "\n");
        }
        assertThat(edit("\"b.pyc" + OLD + "\n", "b.pyc")).isEqualTo("\"b.pyc" + OLD + "\n");
    }

    @Test
    void aRemovedLineIsRemovedWithItsLineEnd() {
        RecordEdit removal = new RecordEdit(
                BASE,
                path -> path.equals(RawPath.of("b.pyc")) ? Optional.of(new LineChange.Removal()) : Optional.empty());
        byte[] record = bytes("a.py" + OLD + "\nb.pyc" + OLD + "\r\n\nc.pyc" + OLD);

        assertThat(new String(removal.apply(record), StandardCharsets.UTF_8))
                .isEqualTo("a.py" + OLD + "\n\nc.pyc" + OLD);
    }

    /** The parser of the audit reads the new digest in each changed line, and the old digest in each other line. */
    @Test
    void theParserReadsTheEditsOfGeneratedRecords() {
        SplittableRandom random = new SplittableRandom(5);
        byte[] alphabet = bytes("ab,\"\n\r.py=\0/");
        int changed = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int line = random.nextInt(4); line >= 0; line--) {
                text.append(
                        switch (random.nextInt(5)) {
                            case 0 -> "b.pyc" + OLD;
                            case 1 -> "\"b.pyc\"" + OLD;
                            case 2 -> "a.py" + OLD;
                            default -> noise(random, alphabet);
                        });
                text.append(random.nextBoolean() ? "\n" : "\r\n");
            }
            byte[] before = bytes(text.toString());
            byte[] after = bytes(edit(text.toString(), "b.pyc"));
            var digestsBefore = parse(before);
            var digestsAfter = parse(after);
            assertThat(digestsAfter.keySet()).as(text.toString()).isEqualTo(digestsBefore.keySet());
            digestsAfter.forEach((path, digest) -> assertThat(digest.equals(digestsBefore.get(path)))
                    .as(text.toString())
                    .isEqualTo(!path.equals(RawPath.of("b.pyc"))));
            changed += Arrays.equals(before, after) ? 0 : 1;
        }
        assertThat(changed).isGreaterThan(5000);
    }

    private static String noise(SplittableRandom random, byte[] alphabet) {
        byte[] noise = new byte[random.nextInt(12)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return new String(noise, StandardCharsets.UTF_8);
    }

    private static Map<RawPath, String> parse(byte[] record) {
        TreeMap<RawPath, String> found = new TreeMap<>();
        WheelRecord parser = new WheelRecord(
                RawPath.of("RECORD"),
                (path, digest) -> Manifests.inside(BASE, path)
                        .ifPresent(inside -> found.merge(inside, digest.toString(), (one, two) -> one + two)));
        parser.take(record, 0, record.length);
        parser.end();
        return found;
    }

    private static String edit(String record, String path) {
        RawPath wanted = RawPath.of(path);
        RecordEdit edit = new RecordEdit(
                BASE,
                found -> found.equals(wanted) ? Optional.of(new LineChange.Content(DIGEST, 99)) : Optional.empty());
        return new String(edit.apply(bytes(record)), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
