package dev.freshpyc.indexer.fs.linux;

/** Flags of {@code openat(2)} and {@code statx(2)}; some numbers differ between the architectures ({@code asm/fcntl.h}). */
final class OpenFlags {

    static final int AT_FDCWD = -100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_EMPTY_PATH = 0x1000;

    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NOCTTY = 0x100;
    static final int O_NONBLOCK = 0x800;
    static final int O_NOATIME = 0x40000;
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;

    private static final String ARCHITECTURE = System.getProperty("os.arch");
    private static final boolean AARCH64 = ARCHITECTURE.equals("aarch64");

    static final int O_DIRECTORY = AARCH64 ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = AARCH64 ? 0x8000 : 0x20000;

    private OpenFlags() {}

    static boolean isKnownArchitecture() {
        return AARCH64 || ARCHITECTURE.equals("amd64");
    }
}
