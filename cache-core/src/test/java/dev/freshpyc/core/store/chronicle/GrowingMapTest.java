package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Fills maps with more and larger entries than their initial geometry allows. */
class GrowingMapTest {

    @Test
    void aMapGrowsWithTheNumberOfEntries() {
        assertHolds(6000, 150);
    }

    @Test
    void aMapGrowsWithTheSizeOfEntries() {
        assertHolds(300, 5000);
    }

    /** A source with thousands of pycs is unusual, but any user can create one. */
    @Test
    void aMapHoldsSingleHugeEntries() {
        Map<String, Integer> lengths = new HashMap<>();
        try (GrowingMap map = small()) {
            for (int length : new int[] {10, 100_000, 20, 5_000_000, 30}) {
                map.put(bytes("key" + length), new byte[length]);
            }
            map.forEachKey(key -> lengths.put(text(key), length(map, key)));
        }
        assertThat(lengths)
                .isEqualTo(
                        Map.of("key10", 10, "key100000", 100_000, "key20", 20, "key5000000", 5_000_000, "key30", 30));
    }

    private static void assertHolds(int entries, int averageLength) {
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Integer> expected = new HashMap<>();
        Map<String, Integer> found = new HashMap<>();
        try (GrowingMap map = small()) {
            for (int i = 0; i < entries; i++) {
                int length = random.nextInt(2 * averageLength);
                map.put(bytes("some/path/number" + i), new byte[length]);
                expected.put("some/path/number" + i, length);
            }
            map.forEachKey(key -> found.put(text(key), length(map, key)));
        }
        assertThat(found).isEqualTo(expected);
    }

    private static GrowingMap small() {
        return new GrowingMap(OffHeapMap.empty(MapGeometry.of(32, 20, 100)));
    }

    private static int length(GrowingMap map, byte[] key) {
        return Objects.requireNonNull(map.get(key)).length;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
