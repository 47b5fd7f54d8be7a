package dev.freshpyc.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.metadata.DistributionTexts.Text;
import dev.freshpyc.core.metadata.EntryPointFile.BadFileException;
import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryPointFileTest {

    private static final EntryStamp STAMP =
            new EntryStamp(true, 7, 0, 1_700_000_000_123_456_789L, 1_700_000_001_000_000_000L);

    private static final EntryPointFile FILE = new EntryPointFile(
            RawPath.of("/site"),
            STAMP,
            PathEntryMetadata.of(List.of(
                    texts("a-1.dist-info", "A", "[g]\nx = m:o\n[h]\ny = m\n"),
                    texts("b-1.dist-info", "B", "[h]\nz = m:\u00e9\n"),
                    texts("none-1.dist-info", "None", ""),
                    texts("broken-1.dist-info", "Broken", "[g]\nno equals sign\n"))));

    private static DistributionTexts texts(String file, String name, String entryPoints) {
        String metadata = "Name: " + name + "\nVersion: 1\n";
        return new DistributionTexts(file, true, new Text.Present(metadata), new Text.Present(entryPoints));
    }

    @Test
    void aFileIsReadAsItWasWritten() throws BadFileException {
        assertThat(EntryPointFile.decode(FILE.encode().orElseThrow())).isEqualTo(FILE);
    }

    @Test
    void aFileHasTheDocumentedFormat() {
        EntryPointFile small = new EntryPointFile(
                RawPath.of("/s"), STAMP, PathEntryMetadata.of(List.of(texts("a-1.dist-info", "A", "[g]\nx = m:o\n"))));

        String text = new String(small.encode().orElseThrow(), StandardCharsets.UTF_8);

        String body = "d 7 0 1700000000123456789 1700000001000000000 2 0 1 22 5 9 4 0 0 0 0\n" + "/s" + "a"
                + "a-1.dist-info\0001\0=A\0=1\0" + "g\0000\0009" + "0\0000\0x\0m:o";
        assertThat(text).startsWith("freshpyc-entry-points 1\n").endsWith("\n" + body);
        assertThat(text.lines().toList().get(1)).matches("[0-9a-f]{16} [0-9a-f]{16}");
    }

    @Test
    void anEntryWithANulIsNotEncoded() {
        PathEntryMetadata metadata = PathEntryMetadata.of(List.of(texts("a-1.dist-info", "A", "[g]\nx\0 = m:o\n")));

        assertThat(new EntryPointFile(RawPath.of("/site"), STAMP, metadata).encode())
                .isEmpty();
    }

    @Test
    void aTruncatedFileIsRefused() {
        byte[] whole = FILE.encode().orElseThrow();
        for (int length = 0; length < whole.length; length++) {
            byte[] truncated = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> EntryPointFile.decode(truncated)).isInstanceOf(BadFileException.class);
        }
    }

    @Test
    void aFileWithAChangedByteIsRefused() {
        byte[] whole = FILE.encode().orElseThrow();
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x41;
            assertThatThrownBy(() -> EntryPointFile.decode(changed)).isInstanceOf(BadFileException.class);
        }
    }

    @Test
    void aFileOfANewerVersionIsReportedAsNewer() {
        byte[] newer = new String(FILE.encode().orElseThrow(), StandardCharsets.ISO_8859_1)
                .replaceFirst("points 1\n", "points 2\n")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> EntryPointFile.decode(newer))
                .isInstanceOfSatisfying(
                        BadFileException.class, bad -> assertThat(bad.isNewer()).isTrue());
    }
}
