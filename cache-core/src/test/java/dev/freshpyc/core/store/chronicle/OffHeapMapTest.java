package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.store.chronicle.OffHeapMap.Part;
import java.nio.ByteBuffer;
import net.openhft.chronicle.core.OS;
import org.junit.jupiter.api.Test;

class OffHeapMapTest {

    private static final byte OLD_BYTE = 0x5a;

    /** The map is so small that malloc reuses freed memory of this size instead of requesting new memory from the system. */
    private static final MapGeometry SMALL = MapGeometry.of(32, 8, 64);

    @Test
    void anEmptyMapContainsNoBytesOfFreedMemory() {
        long length;
        try (OffHeapMap map = OffHeapMap.empty(SMALL)) {
            length = map.bytes();
        }
        for (int round = 0; round < 20; round++) {
            long freed = OS.memory().allocate(length);
            OS.memory().setMemory(freed, length, OLD_BYTE);
            OS.memory().freeMemory(freed, length);

            try (OffHeapMap map = OffHeapMap.empty(SMALL)) {
                assertThat(count(map, OLD_BYTE)).isZero();
            }
        }
    }

    private static int count(OffHeapMap map, byte value) {
        int found = 0;
        for (ByteBuffer memory = map.memory(new Part(0, map.bytes())); memory.hasRemaining(); ) {
            found += memory.get() == value ? 1 : 0;
        }
        return found;
    }
}
