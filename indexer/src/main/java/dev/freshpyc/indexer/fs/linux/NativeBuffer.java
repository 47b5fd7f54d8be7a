package dev.freshpyc.indexer.fs.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory outside the Java heap that the kernel writes and Java reads. Its address is passed to {@link Libc}; its capacity can
 * grow. Not thread-safe.
 */
final class NativeBuffer implements AutoCloseable {

    private Arena arena;
    private MemorySegment memory;
    private ByteBuffer view;

    NativeBuffer(long capacity) {
        arena = Arena.ofConfined();
        memory = arena.allocate(capacity, Long.BYTES);
        view = view(memory);
    }

    long address() {
        return memory.address();
    }

    long capacity() {
        return memory.byteSize();
    }

    /** Makes room for {@code capacity} bytes and keeps the first {@code kept}; earlier addresses become invalid. */
    void resize(long capacity, long kept) {
        Arena next = Arena.ofConfined();
        MemorySegment larger = next.allocate(capacity, Long.BYTES);
        MemorySegment.copy(memory, 0, larger, 0, kept);
        arena.close();
        arena = next;
        memory = larger;
        view = view(larger);
    }

    void read(int from, byte[] into, int offset, int length) {
        view.get(from, into, offset, length);
    }

    /** Writes {@code bytes} and a NUL at the beginning. */
    void writeString(byte[] bytes) {
        if (capacity() <= bytes.length) {
            resize(2L * bytes.length, 0);
        }
        view.put(0, bytes);
        view.put(bytes.length, (byte) 0);
    }

    /** Makes room for {@code capacity} bytes and keeps nothing; earlier addresses become invalid. */
    void ensure(long capacity) {
        if (capacity() < capacity) {
            resize(capacity, 0);
        }
    }

    /** Writes {@code length} bytes at the beginning. */
    void write(byte[] bytes, int offset, int length) {
        ensure(length);
        view.put(0, bytes, offset, length);
    }

    /** Writes {@code length} bytes at position {@code at}, within the capacity. */
    void write(int at, byte[] bytes, int offset, int length) {
        view.put(at, bytes, offset, length);
    }

    void putLong(int offset, long number) {
        view.putLong(offset, number);
    }

    byte getByte(int offset) {
        return view.get(offset);
    }

    int getInt(int offset) {
        return view.getInt(offset);
    }

    long getLong(int offset) {
        return view.getLong(offset);
    }

    short getShort(int offset) {
        return view.getShort(offset);
    }

    @Override
    public void close() {
        arena.close();
    }

    /** A view for reading; direct access to the segment would create a method handle for each type at every start. */
    private static ByteBuffer view(MemorySegment memory) {
        return memory.asByteBuffer().order(ByteOrder.nativeOrder());
    }
}
