package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.store.chronicle.MapGeometry.MapTotals;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.MapEntry;
import net.openhft.chronicle.map.VanillaChronicleMap;
import net.openhft.chronicle.map.impl.CompiledMapQueryContext;
import org.jspecify.annotations.Nullable;

/**
 * A Chronicle Map in memory, with access to that memory. The first map in a process takes tens of milliseconds, because the
 * library must be loaded.
 */
final class OffHeapMap implements AutoCloseable {

    /** The version of the library on the class path, which determines the layout of the memory. */
    static final String LIBRARY = "2026.1";

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

    /** A map that will be filled with the memory of another map of the same geometry. */
    static OffHeapMap uninitialized(MapGeometry geometry) {
        return new OffHeapMap(geometry);
    }

    /**
     * An empty map. The memory comes from malloc and the library leaves gaps, so earlier data of this process could reach a
     * file. Therefore the memory is cleared first, except for the few bytes that the library has already written.
     */
    static OffHeapMap empty(MapGeometry geometry) {
        OffHeapMap made = new OffHeapMap(geometry);
        long begin = made.map.mapHeaderInnerSize();
        OS.memory().setMemory(made.map.bsAddress() + begin, made.bytes() - begin, (byte) 0);
        return made;
    }

    /** Loads the library by using a small map. */
    static void load() {
        byte[] any = {0};
        try (OffHeapMap map = empty(MapGeometry.of(1, any.length, any.length))) {
            map.put(any, any);
            map.get(any);
        }
    }

    /** The page size of this machine, which affects the layout of the memory. */
    static int pageSize() {
        return OS.pageSize();
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

    void remove(byte[] key) {
        map.remove(key);
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

    /** Whether part of the map lies outside the accessible memory. */
    boolean overflows() {
        return map.hasExtraTierBulks();
    }

    /** The size of the accessible memory. The part that {@linkplain #overflows() overflows} is not counted. */
    long bytes() {
        return map.sizeInBytesWithoutTiers();
    }

    /** The memory from byte {@code from} to before byte {@code to}. */
    record Part(long from, long to) {}

    /** The part that {@link #bytes} and {@link #count} read: the numbers that describe the whole map. */
    Part numbers() {
        return new Part(0, map.segmentBaseAddr(0) - map.bsAddress());
    }

    /** The segment of a key; {@link #get} of the key needs only this part and the {@link #numbers}. */
    Part segmentOf(byte[] key) {
        try (CompiledMapQueryContext<?, ?, ?> context = (CompiledMapQueryContext<?, ?, ?>) map.queryContext(key)) {
            long from = map.segmentBaseAddr(context.segmentIndex()) - map.bsAddress();
            return new Part(from, from + map.tierSize);
        }
    }

    /** A view of a part of the memory, valid as long as the map is open. */
    ByteBuffer memory(Part part) {
        return BytesStore.wrap(map.bsAddress() + part.from, part.to - part.from).toTemporaryDirectByteBuffer();
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
