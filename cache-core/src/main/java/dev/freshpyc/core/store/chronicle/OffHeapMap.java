package dev.freshpyc.core.store.chronicle;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.MapEntry;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.jspecify.annotations.Nullable;

/**
 * A Chronicle Map in memory, whose memory can be seen. The first one in a process costs tens of milliseconds, nearly
 * all of it for loading the library.
 */
final class OffHeapMap implements AutoCloseable {

    /** The version that is on the class path: it decides the layout of the memory. */
    static final String LIBRARY = "2026.1";

    private static final int CHUNK = 8;
    /** What the library puts beside key and value: their lengths, and alignment. */
    private static final int OVERHEAD = 2 * CHUNK;

    private static final double MAX_TIMES_LARGER = 10;
    private static final int PIECE = 1 << 24;

    static {
        // Chronicle reads ./system.properties or ../system.properties into the system properties when it is first
        // touched, and
        // freshpyc runs as root in foreign trees. The property names another file instead.
        if (System.getProperty("system.properties") == null) {
            System.setProperty("system.properties", "/dev/null");
        }
    }

    private final Shape shape;
    private final VanillaChronicleMap<byte[], byte[], ?> map;

    private OffHeapMap(Shape shape) {
        this.shape = shape;
        this.map = (VanillaChronicleMap<byte[], byte[], ?>) create(shape);
    }

    /** A map to be filled with the memory of another of that shape. */
    static OffHeapMap uninitialized(Shape shape) {
        return new OffHeapMap(shape);
    }

    /**
     * An empty map. Its memory is cleared first, all but the few bytes that the library has already written: it comes
     * from malloc, the library leaves gaps in it, and what this process held there before must not reach a file.
     */
    static OffHeapMap empty(Shape shape) {
        OffHeapMap made = new OffHeapMap(shape);
        long begin = made.map.mapHeaderInnerSize();
        OS.memory().setMemory(made.map.bsAddress() + begin, made.bytes() - begin, (byte) 0);
        return made;
    }

    /** Does once what is slow the first time. */
    static void load() {
        byte[] any = {0};
        try (OffHeapMap map = empty(Shape.of(1, any.length, any.length))) {
            map.put(any, any);
            map.get(any);
        }
    }

    /** The size of pages here, which the layout of the memory follows. */
    static int pageSize() {
        return OS.pageSize();
    }

    Shape shape() {
        return shape;
    }

    byte @Nullable [] get(byte[] key) {
        return map.get(key);
    }

    /** False when it does not fit into a map of this shape: then nothing is changed. */
    boolean put(byte[] key, byte[] value) {
        if (key.length + value.length + OVERHEAD > (long) map.maxChunksPerEntry * CHUNK) {
            return false;
        }
        try {
            map.put(key, value);
            return true;
        } catch (IllegalStateException _) {
            return false; // it has become MAX_TIMES_LARGER than its shape
        }
    }

    void remove(byte[] key) {
        map.remove(key);
    }

    long count() {
        return map.longSize();
    }

    /** Shows every key and value; the library uses their arrays again for the next ones, so whoever keeps them copies. */
    void forEach(BiConsumer<byte[], byte[]> action) {
        map.forEachEntry(entry -> action.accept(key(entry), value(entry)));
    }

    Contents contents() {
        Contents[] sum = {Contents.NONE};
        map.forEachEntry(
                entry -> sum[0] = sum[0].plus(entry.key().size(), entry.value().size()));
        return sum[0];
    }

    /** Whether part of it lies elsewhere than in the memory that can be seen. */
    boolean overflows() {
        return map.hasExtraTierBulks();
    }

    /** How many bytes of memory it has, without what {@linkplain #overflows() overflows}. */
    long bytes() {
        return map.sizeInBytesWithoutTiers();
    }

    /** Shows the memory piece by piece, from its beginning; no piece may be used after that. */
    <X extends Exception> void forEachPiece(PieceAction<X> action) throws X {
        long size = bytes();
        for (long at = 0; at < size; at += PIECE) {
            BytesStore<?, ?> piece = BytesStore.wrap(map.bsAddress() + at, Math.min(PIECE, size - at));
            action.accept(piece.toTemporaryDirectByteBuffer());
        }
    }

    @Override
    public void close() {
        map.close();
    }

    /** Sees one piece of a map's memory. */
    interface PieceAction<X extends Exception> {

        void accept(ByteBuffer piece) throws X;
    }

    private static byte[] key(MapEntry<byte[], byte[]> entry) {
        return entry.key().get();
    }

    private static byte[] value(MapEntry<byte[], byte[]> entry) {
        return entry.value().get();
    }

    private static ChronicleMap<byte[], byte[]> create(Shape shape) {
        return ChronicleMapBuilder.of(byte[].class, byte[].class)
                .name("index")
                .entries(shape.entries())
                .averageKeySize(shape.averageKey())
                .averageValueSize(shape.averageValue())
                .actualSegments(shape.segments())
                .actualChunkSize(CHUNK)
                .maxBloatFactor(MAX_TIMES_LARGER)
                .putReturnsNull(true)
                .removeReturnsNull(true)
                .checksumEntries(false)
                .skipCloseOnExitHook(true)
                .create();
    }
}
