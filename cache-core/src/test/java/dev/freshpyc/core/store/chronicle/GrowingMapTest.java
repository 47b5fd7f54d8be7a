package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Fills maps with more and larger entries than their first geometry allows. */
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
            map.fitted().forEach((key, value) -> lengths.put(text(key), value.length));
        }
        assertThat(lengths)
                .isEqualTo(
                        Map.of("key10", 10, "key100000", 100_000, "key20", 20, "key5000000", 5_000_000, "key30", 30));
    }

    @Test
    void aFittedMapShrinks() {
        try (GrowingMap map = small()) {
            for (int i = 0; i < 5000; i++) {
                map.put(bytes("key" + i), new byte[150]);
            }
            for (int i = 10; i < 5000; i++) {
                map.remove(bytes("key" + i));
            }
            OffHeapMap fitted = map.fitted();
            assertThat(fitted.count()).isEqualTo(10);
            assertThat(fitted.bytes()).isLessThan(64 << 10);
        }
    }

    @Test
    void anEntryTakesLessThanThreeHundredBytes() {
        for (int entries : new int[] {13_353, 100_000}) {
            try (GrowingMap map = small()) {
                for (int i = 0; i < entries; i++) {
                    map.put(
                            bytes("package%02d/subpackage%03d/some_module%07d.py".formatted(i % 90, i % 400, i)),
                            new byte[148]);
                }
                assertThat(map.fitted().bytes() / entries).isLessThan(290);
            }
        }
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
            OffHeapMap fitted = map.fitted();
            assertThat(fitted.overflows()).isFalse();
            fitted.forEach((key, value) -> found.put(text(key), value.length));
        }
        assertThat(found).isEqualTo(expected);
    }

    private static GrowingMap small() {
        return new GrowingMap(OffHeapMap.empty(MapGeometry.of(32, 20, 100)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
