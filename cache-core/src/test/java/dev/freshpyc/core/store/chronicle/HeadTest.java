package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.file.NotAnIndexException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The first bytes of an index file, pinned. */
class HeadTest {

    private static final Path FILE = Path.of("x.index");
    private static final int IMAGE = 1 << 20;
    private static final long SIZE = Head.LENGTH + 3 + 9 + 4 * 16 + IMAGE;
    private static final Head HEAD = new Head(
            new IndexInfo(RawPath.of("/a\udcff"), 7, 0x0102030405060708L, -2, 5, SIZE),
            4096,
            new Shape(1000, 56, 152, 4),
            IMAGE,
            0xcafebabe,
            new Head.Section(9, 0x01020304));

    /** Change these bytes only together with {@link Head#FORMAT}. */
    @Test
    void theLayoutIsPinned() {
        assertThat(HexFormat.of().formatHex(HEAD.encode()))
                .isEqualTo("6672657368696478" + "03000000" + "04000000" // magic, format, format of records
                        + "323032362e3100000000000000000000" // Chronicle Map's version
                        + "00100000" + "01000000" // page size, byte order
                        + "0700000000000000" + "0807060504030201" + "feffffffffffffff" // generation, token, checked at
                        + "0500000000000000" + "0000100000000000" // records, image
                        + "e803000000000000" + "38000000" + "98000000" + "04000000" // shape
                        + "03000000" + "bebafeca" // entry's length, image's checksum
                        + "09000000" + "04030201" // seals' length and checksum
                        + "0000000000000000"
                        + "ff4827fb" // checksum
                        + "2f61ff");
    }

    @Test
    void aHeadIsReadAsItWasWritten() throws NotAnIndexException {
        byte[] bytes = HEAD.encode();
        assertThat(Head.entryLength(FILE, bytes)).isEqualTo(3);
        assertThat(Head.decode(FILE, bytes, SIZE)).isEqualTo(HEAD);
        assertThatThrownBy(() -> Head.decode(FILE, bytes, SIZE + 1)).isInstanceOf(NotAnIndexException.class);
    }

    @Test
    void aShapeThatWouldTakeMoreMemoryThanTheFileHasIsNotBelieved() {
        assertThat(new Shape(1000, 56, 152, 4).isPlausible(208_000)).isTrue();
        assertThat(new Shape(1001, 56, 152, 4).isPlausible(208_000)).isFalse();
        assertThat(new Shape(1L << 32, 1 << 20, 1 << 20, 4).isPlausible(Integer.MAX_VALUE))
                .isFalse();
        assertThat(new Shape(Long.MAX_VALUE, 56, 152, 4).isPlausible(208_000)).isFalse();
        assertThat(new Shape(10, 56, 152, 1 << 30).isPlausible(208_000)).isFalse();
        assertThat(new Shape(10, -1, 152, 4).isPlausible(208_000)).isFalse();
    }

    /** A new version of the library may lay out its memory in another way: the file must say so. */
    @Test
    void theLibrarysVersionIsTheOneInTheFile() throws IOException {
        var properties = new Properties();
        try (var in =
                ClassLoader.getSystemResourceAsStream("META-INF/maven/net.openhft/chronicle-map/pom.properties")) {
            assertThat(in).isNotNull();
            properties.load(in);
        }
        assertThat(properties.getProperty("version")).isEqualTo(OffHeapMap.LIBRARY);
    }
}
