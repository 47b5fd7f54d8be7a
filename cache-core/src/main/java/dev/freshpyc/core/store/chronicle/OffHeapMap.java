package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.store.chronicle.MapGeometry.MapTotals;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.MapEntry;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.jspecify.annotations.Nullable;

/**
 * A Chronicle Map in memory. The first map in a process takes up to a tenth of a second, because the library must be loaded.
 */
final class OffHeapMap implements AutoCloseable {

    private static final int CHUNK = 8;
    /** The bytes that the library adds to a key and its value: lengths and alignment. */
    private static final int OVERHEAD = 2 * CHUNK;

    private static final double MAX_TIMES_LARGER = 10;

    static {
        // On its first use, Chronicle reads ./system.properties or ../system.properties into the system properties.
        // freshpyc may run as root in a directory of another user, so the property names another file.
        if (System.getProperty("system.properties") == null) {
            System.setProperty("system.properties", "/dev/null");
        }
        GeneratedClass.define();
    }

    private final MapGeometry geometry;
    private final VanillaChronicleMap<byte[], byte[], ?> map;

    private OffHeapMap(MapGeometry geometry) {
        this.geometry = geometry;
        this.map = (VanillaChronicleMap<byte[], byte[], ?>) create(geometry);
    }

    /** An empty map. */
    static OffHeapMap empty(MapGeometry geometry) {
        return new OffHeapMap(geometry);
    }

    /** Loads the library by using a small map. */
    static void load() {
        byte[] any = {0};
        try (OffHeapMap map = empty(MapGeometry.of(1, any.length, any.length))) {
            map.put(any, any);
            map.get(any);
        }
    }

    MapGeometry geometry() {
        return geometry;
    }

    byte @Nullable [] get(byte[] key) {
        return map.get(key);
    }

    /** Stores an entry. Returns false and changes nothing when the entry does not fit into a map of this geometry. */
    boolean put(byte[] key, byte[] value) {
        if (key.length + value.length + OVERHEAD > (long) map.maxChunksPerEntry * CHUNK) {
            return false;
        }
        try {
            map.put(key, value);
            return true;
        } catch (IllegalStateException _) {
            return false; // the map is MAX_TIMES_LARGER than its geometry
        }
    }

    long count() {
        return map.longSize();
    }

    /** Visits every key and value. The library reuses the arrays for the next entry, so the action must not keep them. */
    void forEach(BiConsumer<byte[], byte[]> action) {
        map.forEachEntry(entry -> action.accept(key(entry), value(entry)));
    }

    MapTotals totals() {
        MapTotals[] sum = {MapTotals.NONE};
        map.forEachEntry(
                entry -> sum[0] = sum[0].plus(entry.key().size(), entry.value().size()));
        return sum[0];
    }

    /** Whether the map had to allocate more memory than its geometry needs. */
    boolean overflows() {
        return map.hasExtraTierBulks();
    }

    /** Visits every key. The library reuses the array for the next key, so the action must not keep it. */
    void forEachKey(Consumer<byte[]> action) {
        map.forEachEntry(entry -> action.accept(key(entry)));
    }

    @Override
    public void close() {
        map.close();
    }

    private static byte[] key(MapEntry<byte[], byte[]> entry) {
        return entry.key().get();
    }

    private static byte[] value(MapEntry<byte[], byte[]> entry) {
        return entry.value().get();
    }

    private static ChronicleMap<byte[], byte[]> create(MapGeometry geometry) {
        return ChronicleMapBuilder.of(byte[].class, byte[].class)
                .name("index")
                .entries(geometry.entries())
                .averageKeySize(geometry.averageKey())
                .averageValueSize(geometry.averageValue())
                .actualSegments(geometry.segments())
                .actualChunkSize(CHUNK)
                .maxBloatFactor(MAX_TIMES_LARGER)
                .putReturnsNull(true)
                .removeReturnsNull(true)
                .checksumEntries(false)
                .skipCloseOnExitHook(true)
                .create();
    }
}
