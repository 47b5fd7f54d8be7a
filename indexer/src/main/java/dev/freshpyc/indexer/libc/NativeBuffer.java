package dev.freshpyc.indexer.libc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Memory that the kernel writes into and Java reads: it grows when asked to, and its address is passed to {@link Libc}.
 * Not thread-safe.
 */
final class NativeBuffer implements AutoCloseable {

    private Arena arena;
    private MemorySegment memory;

    NativeBuffer(long capacity) {
        arena = Arena.ofConfined();
        memory = arena.allocate(capacity, Long.BYTES);
    }

    long address() {
        return memory.address();
    }

    long capacity() {
        return memory.byteSize();
    }

    /** Makes room for {@code capacity} bytes and keeps the first {@code kept}; addresses taken before are void. */
    void resize(long capacity, long kept) {
        Arena next = Arena.ofConfined();
        MemorySegment larger = next.allocate(capacity, Long.BYTES);
        MemorySegment.copy(memory, 0, larger, 0, kept);
        arena.close();
        arena = next;
        memory = larger;
    }

    void read(long from, byte[] into, int offset, int length) {
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, from, into, offset, length);
    }

    /** Writes {@code bytes} and a NUL at the beginning. */
    void writeString(byte[] bytes) {
        if (capacity() <= bytes.length) {
            resize(2L * bytes.length, 0);
        }
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
        memory.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
    }

    int getInt(long offset) {
        return memory.get(ValueLayout.JAVA_INT, offset);
    }

    long getLong(long offset) {
        return memory.get(ValueLayout.JAVA_LONG, offset);
    }

    short getShort(long offset) {
        return memory.get(ValueLayout.JAVA_SHORT, offset);
    }

    @Override
    public void close() {
        arena.close();
    }
}
