package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.file.Errno;
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
 * The system calls of scans and repairs, for one thread. Every call returns the result of the C function, or the negated {@code
 * errno} when the function fails; no call throws. Pointers are addresses.
 *
 * <p>All functions are called through one method handle, with five longs as arguments and a long as result: the linker
 * generates code for each signature at run time, even with an ahead-of-time cache, and each signature costs as much as a
 * thousand calls. On both supported architectures {@code int} arguments and pointers are passed in the same registers as
 * longs, a function ignores surplus arguments, and an {@code int} result is the low half of the long.
 */
@SuppressWarnings("restricted") // this class exists to call C functions
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

    /** The errno of calls whose errors are ignored; all threads write it and none reads it. */
    private static final MemorySegment IGNORED_ERRNO = Arena.global().allocate(ERRNO_LAYOUT);

    private static final MemorySegment OPENAT = symbol("openat");
    private static final MemorySegment CLOSE = symbol("close");
    private static final MemorySegment GETDENTS64 = symbol("getdents64");
    private static final MemorySegment STATX = symbol("statx");
    private static final MemorySegment PREAD = symbol("pread");
    private static final MemorySegment ISATTY = symbol("isatty");

    /** Functions for writing, looked up when a program first writes. */
    private static final class Writing {
        private static final MemorySegment SYSCALL = symbol("syscall");
        private static final MemorySegment READLINK = symbol("readlink");
        private static final MemorySegment READLINKAT = symbol("readlinkat");
        private static final MemorySegment SYMLINKAT = symbol("symlinkat");
        private static final MemorySegment PWRITE = symbol("pwrite");
        private static final MemorySegment IOCTL = symbol("ioctl");
        private static final MemorySegment FCHOWN = symbol("fchown");
        private static final MemorySegment FCHMOD = symbol("fchmod");
        private static final MemorySegment FLISTXATTR = symbol("flistxattr");
        private static final MemorySegment FGETXATTR = symbol("fgetxattr");
        private static final MemorySegment FSETXATTR = symbol("fsetxattr");
        private static final MemorySegment FUTIMENS = symbol("futimens");
        private static final MemorySegment RENAMEAT = symbol("renameat");
        private static final MemorySegment LINKAT = symbol("linkat");
        private static final MemorySegment UNLINKAT = symbol("unlinkat");
        private static final MemorySegment MKDIRAT = symbol("mkdirat");
        private static final MemorySegment FSYNC = symbol("fsync");
        private static final MemorySegment SYNCFS = symbol("syncfs");

        /** Looks all functions of this class up, by initializing the class. */
        static void link() {}
    }

    /** A function that a scan calls once for each path entry, looked up at the first call. */
    private static final class FileSystems {
        private static final MemorySegment FSTATFS = symbol("fstatfs");
    }

    /** A function that a bench calls before and after a command, looked up at the first call. */
    private static final class Usage {
        private static final MemorySegment GETRUSAGE = symbol("getrusage");
    }

    /** Functions that tell a service manager how a service is, looked up at the first message. */
    private static final class Messages {
        private static final MemorySegment SOCKET = symbol("socket");
        private static final MemorySegment CONNECT = symbol("connect");
        private static final MemorySegment SEND = symbol("send");
    }

    /** The number of {@code openat2(2)} on both supported architectures. */
    private static final int SYS_OPENAT2 = 437;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment errno = arena.allocate(ERRNO_LAYOUT);
    private final ByteBuffer errnoView = errno.asByteBuffer().order(ByteOrder.nativeOrder());
    private boolean leavesAtime = true;

    /** Looks up the functions for reading; fails with a {@link LinkageError} where one is missing. */
    static void link() {
        new Libc().close();
    }

    /** Looks up the functions for writing; fails with a {@link LinkageError} where one is missing. */
    static void linkWriting() {
        Writing.link();
    }

    /** {@code openat(2)}: a file descriptor. */
    public int openat(int directory, long path, int flags) {
        return (int) call(OPENAT, directory, path, flags, 0, 0);
    }

    /**
     * {@code openat(2)} of a file for reading its content. Leaves the file's atime unchanged where the kernel permits that,
     * which is for the file's owner and root: reading a tree should not change it, and the file system would journal every
     * new atime.
     */
    int openContents(int directory, long path, int flags) {
        if (leavesAtime) {
            int descriptor = openat(directory, path, flags | OpenFlags.O_NOATIME);
            if (descriptor != -Errno.EPERM.number()) {
                return descriptor;
            }
            leavesAtime = false;
        }
        return openat(directory, path, flags);
    }

    /** {@code openat(2)} that creates a file: a file descriptor. */
    int openat(int directory, long path, int flags, int mode) {
        return (int) call(OPENAT, directory, path, flags, mode, 0);
    }

    /** {@code openat2(2)}: a file descriptor. */
    int openat2(int directory, long path, long how, int length) {
        return (int) call(Writing.SYSCALL, SYS_OPENAT2, directory, path, how, length);
    }

    /** {@code readlink(2)}: bytes written. */
    int readlink(long path, long buffer, long capacity) {
        return (int) call(Writing.READLINK, path, buffer, capacity, 0, 0);
    }

    /** {@code readlinkat(2)}: bytes written. */
    int readlinkat(int directory, long path, long buffer, long capacity) {
        return (int) call(Writing.READLINKAT, directory, path, buffer, capacity, 0);
    }

    /** {@code symlinkat(2)}. */
    int symlinkat(long target, int directory, long path) {
        return (int) call(Writing.SYMLINKAT, target, directory, path, 0, 0);
    }

    /** {@code pwrite(2)}: bytes written. */
    int pwrite(int descriptor, long buffer, long count, long position) {
        return (int) call(Writing.PWRITE, descriptor, buffer, count, position, 0);
    }

    /** {@code ioctl(2)}. */
    int ioctl(int descriptor, long request, long argument) {
        return (int) call(Writing.IOCTL, descriptor, request, argument, 0, 0);
    }

    /** {@code fchown(2)}. */
    int fchown(int descriptor, int user, int group) {
        return (int) call(Writing.FCHOWN, descriptor, user, group, 0, 0);
    }

    /** {@code fchmod(2)}. */
    int fchmod(int descriptor, int mode) {
        return (int) call(Writing.FCHMOD, descriptor, mode, 0, 0, 0);
    }

    /** {@code flistxattr(2)}: bytes of names, each with a NUL. */
    int flistxattr(int descriptor, long names, long capacity) {
        return (int) call(Writing.FLISTXATTR, descriptor, names, capacity, 0, 0);
    }

    /** {@code fgetxattr(2)}: bytes of the value. */
    int fgetxattr(int descriptor, long name, long value, long capacity) {
        return (int) call(Writing.FGETXATTR, descriptor, name, value, capacity, 0);
    }

    /** {@code fsetxattr(2)}. */
    int fsetxattr(int descriptor, long name, long value, long length) {
        return (int) call(Writing.FSETXATTR, descriptor, name, value, length, 0);
    }

    /** {@code futimens(3)}. */
    int futimens(int descriptor, long times) {
        return (int) call(Writing.FUTIMENS, descriptor, times, 0, 0, 0);
    }

    /** {@code renameat(2)}. */
    int renameat(int fromDirectory, long from, int toDirectory, long to) {
        return (int) call(Writing.RENAMEAT, fromDirectory, from, toDirectory, to, 0);
    }

    /** {@code linkat(2)}, without following a link. */
    int linkat(int fromDirectory, long from, int toDirectory, long to) {
        return (int) call(Writing.LINKAT, fromDirectory, from, toDirectory, to, 0);
    }

    /** {@code unlinkat(2)} of a file. */
    int unlinkat(int directory, long path) {
        return (int) call(Writing.UNLINKAT, directory, path, 0, 0, 0);
    }

    /** {@code unlinkat(2)} of an empty directory. */
    int removeDirectoryAt(int directory, long path) {
        return (int) call(Writing.UNLINKAT, directory, path, OpenFlags.AT_REMOVEDIR, 0, 0);
    }

    /** {@code mkdirat(2)}. */
    int mkdirat(int directory, long path, int mode) {
        return (int) call(Writing.MKDIRAT, directory, path, mode, 0, 0);
    }

    /** {@code fsync(2)}. */
    int fsync(int descriptor) {
        return (int) call(Writing.FSYNC, descriptor, 0, 0, 0, 0);
    }

    /** {@code syncfs(2)}. */
    int syncfs(int descriptor) {
        return (int) call(Writing.SYNCFS, descriptor, 0, 0, 0, 0);
    }

    /** {@code close(2)} for a thread without an instance of this class; the result is ignored. */
    static void closeFromAnyThread(int descriptor) {
        call(IGNORED_ERRNO, CLOSE, descriptor, 0, 0, 0, 0);
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

    /** {@code fstatfs(2)}: 0, with at most 128 bytes in {@code buffer}; the first four bytes are {@code f_type}. */
    int fstatfs(int descriptor, long buffer) {
        return (int) call(FileSystems.FSTATFS, descriptor, buffer, 0, 0, 0);
    }

    /** {@code pread(2)}: bytes read, 0 at the end of the file. */
    public int pread(int descriptor, long buffer, long count, long position) {
        return (int) call(PREAD, descriptor, buffer, count, position, 0);
    }

    /** {@code isatty(3)}: 1 for a terminal. */
    public boolean isatty(int descriptor) {
        return call(ISATTY, descriptor, 0, 0, 0, 0) == 1;
    }

    /** {@code getrusage(2)}: 0, with 144 bytes in {@code buffer}. */
    int getrusage(int whose, long buffer) {
        return (int) call(Usage.GETRUSAGE, whose, buffer, 0, 0, 0);
    }

    /** {@code socket(2)}: a file descriptor. */
    int socket(int domain, int type, int protocol) {
        return (int) call(Messages.SOCKET, domain, type, protocol, 0, 0);
    }

    /** {@code connect(2)}. */
    int connect(int descriptor, long address, int length) {
        return (int) call(Messages.CONNECT, descriptor, address, length, 0, 0);
    }

    /** {@code send(2)}: bytes sent. */
    int send(int descriptor, long buffer, long count, int flags) {
        return (int) call(Messages.SEND, descriptor, buffer, count, flags, 0);
    }

    @Override
    public void close() {
        arena.close();
    }

    long call(MemorySegment function, long a, long b, long c, long d, long e) {
        long result = call(errno, function, a, b, c, d, e);
        return (int) result < 0 ? -errnoView.getInt(ERRNO_OFFSET) : result;
    }

    private static long call(MemorySegment errno, MemorySegment function, long a, long b, long c, long d, long e) {
        try {
            return (long) CALL.invokeExact(function, errno, a, b, c, d, e);
        } catch (Throwable impossible) {
            throw new AssertionError("a C function cannot throw", impossible);
        }
    }

    private static MemorySegment symbol(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsupportedOperationException("the C library has no " + name));
    }
}
