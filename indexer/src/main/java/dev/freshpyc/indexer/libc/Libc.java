package dev.freshpyc.indexer.libc;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The system calls that a scan needs, for one thread. Every call returns what the C function returns, or the negated
 * {@code errno} where that reports an error, so trouble is a number and not an exception. Pointers are addresses.
 *
 * <p>All functions are called through one handle of one shape, five longs to a long: the linker specialises each shape at
 * run time, outside any ahead-of-time cache, and each costs as much as a thousand calls. Integer arguments and pointers
 * travel in the same registers as longs on the two architectures supported, surplus ones are not looked at, and of an
 * {@code int} result the low half is read.
 */
@SuppressWarnings("restricted") // calling C is what this class is for
public final class Libc implements AutoCloseable {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
    private static final int ERRNO_OFFSET =
            (int) ERRNO_LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle CALL = LINKER.downcallHandle(
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG),
            ERRNO);

    private static final MemorySegment OPENAT = symbol("openat");
    private static final MemorySegment CLOSE = symbol("close");
    private static final MemorySegment GETDENTS64 = symbol("getdents64");
    private static final MemorySegment STATX = symbol("statx");
    private static final MemorySegment PREAD = symbol("pread");
    private static final MemorySegment ISATTY = symbol("isatty");

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment errno = arena.allocate(ERRNO_LAYOUT);
    private final ByteBuffer errnoView = errno.asByteBuffer().order(ByteOrder.nativeOrder());

    /** Whether this system has these functions in the form that is called here. */
    public static boolean isSupported() {
        return System.getProperty("os.name").equals("Linux") && OpenFlags.isKnownArchitecture();
    }

    /** {@code openat(2)}: a file descriptor. */
    public int openat(int directory, long path, int flags) {
        return (int) call(OPENAT, directory, path, flags, 0, 0);
    }

    /** {@code close(2)}. */
    public int close(int descriptor) {
        return (int) call(CLOSE, descriptor, 0, 0, 0, 0);
    }

    /** {@code getdents64(2)}: bytes of directory entries written to {@code buffer}, 0 at the end. */
    public int getdents64(int directory, long buffer, long capacity) {
        return (int) call(GETDENTS64, directory, buffer, capacity, 0, 0);
    }

    /** {@code statx(2)}: 0, with the answer in {@code buffer}. */
    public int statx(int directory, long path, int flags, int mask, long buffer) {
        return (int) call(STATX, directory, path, flags, mask, buffer);
    }

    /** {@code pread(2)}: bytes read, 0 at the end of the file. */
    public int pread(int descriptor, long buffer, long count, long position) {
        return (int) call(PREAD, descriptor, buffer, count, position, 0);
    }

    /** {@code isatty(3)}: 1 for a terminal. */
    public boolean isatty(int descriptor) {
        return call(ISATTY, descriptor, 0, 0, 0, 0) == 1;
    }

    @Override
    public void close() {
        arena.close();
    }

    long call(MemorySegment function, long a, long b, long c, long d, long e) {
        long result;
        try {
            result = (long) CALL.invokeExact(function, errno, a, b, c, d, e);
        } catch (Throwable impossible) {
            throw new AssertionError("a C function cannot throw", impossible);
        }
        return (int) result < 0 ? -errnoView.getInt(ERRNO_OFFSET) : result;
    }

    private static MemorySegment symbol(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsupportedOperationException("the C library has no " + name));
    }
}
