package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.store.chronicle.OffHeapMap.Part;
import java.nio.ByteBuffer;
import net.openhft.chronicle.core.OS;
import org.junit.jupiter.api.Test;

class OffHeapMapTest {

    private static final byte OLD = 0x5a;

    /** Too small for malloc to take it from the system anew: the next one of that size gets the same memory. */
    private static final MapGeometry SMALL = MapGeometry.of(32, 8, 64);

    @Test
    void nothingOfWhatWasInMemoryBeforeIsInAnEmptyMap() {
        long length;
        try (OffHeapMap map = OffHeapMap.empty(SMALL)) {
            length = map.bytes();
        }
        for (int round = 0; round < 20; round++) {
            long before = OS.memory().allocate(length);
            OS.memory().setMemory(before, length, OLD);
            OS.memory().freeMemory(before, length);

            try (OffHeapMap map = OffHeapMap.empty(SMALL)) {
                assertThat(count(map, OLD)).isZero();
            }
        }
    }

    private static int count(OffHeapMap map, byte wanted) {
        int found = 0;
        for (ByteBuffer memory = map.memory(new Part(0, map.bytes())); memory.hasRemaining(); ) {
            found += memory.get() == wanted ? 1 : 0;
        }
        return found;
    }
}
