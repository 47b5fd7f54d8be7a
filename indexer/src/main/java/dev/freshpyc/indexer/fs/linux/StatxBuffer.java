package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.FileStat.FileType;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;

/** {@code struct statx} of {@code statx(2)}, decoded. */
final class StatxBuffer implements AutoCloseable {

    private static final int SIZE = 256;
    private static final int LINKS = 16;
    private static final int USER = 20;
    private static final int GROUP = 24;
    private static final int MODE = 28;
    private static final int INODE = 32;
    private static final int FILE_SIZE = 40;
    private static final int BTIME = 80;
    private static final int CTIME = 96;
    private static final int MTIME = 112;
    private static final int NANOS = 8;
    private static final int DEVICE_MAJOR = 136;
    private static final int DEVICE_MINOR = 140;

    private static final int PERMISSIONS = 07777;
    private static final int S_IFMT = 0xf000;
    private static final int S_IFDIR = 0x4000;
    private static final int S_IFREG = 0x8000;
    private static final int S_IFLNK = 0xa000;

    /** {@code STATX_BTIME}, which the kernel leaves out of its answer where the file system records no births. */
    private static final int HAS_BIRTH = 0x800;

    private static final int ANSWERED = 0;
    private static final int TYPE_MODE_INODE = 0x1 | 0x2 | 0x100;

    /**
     * {@code STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_UID | STATX_GID | STATX_MTIME | STATX_CTIME | STATX_INO | STATX_SIZE |
     * STATX_BTIME}.
     */
    static final int MASK = TYPE_MODE_INODE | 0x4 | 0x8 | 0x10 | 0x40 | 0x80 | 0x200 | HAS_BIRTH;

    private final NativeBuffer buffer = new NativeBuffer(SIZE);

    long address() {
        return buffer.address();
    }

    FileType type() {
        return switch (buffer.getShort(MODE) & S_IFMT) {
            case S_IFREG -> FileType.REGULAR;
            case S_IFDIR -> FileType.DIRECTORY;
            default -> FileType.OTHER;
        };
    }

    boolean isLink() {
        return (buffer.getShort(MODE) & S_IFMT) == S_IFLNK;
    }

    long size() {
        return buffer.getLong(FILE_SIZE);
    }

    Identity identity() {
        return new Identity(device(), buffer.getLong(INODE));
    }

    /** {@code st_dev}, computed from major and minor number as {@code makedev(3)} does. */
    private long device() {
        long major = Integer.toUnsignedLong(buffer.getInt(DEVICE_MAJOR));
        long minor = Integer.toUnsignedLong(buffer.getInt(DEVICE_MINOR));
        return ((major & ~0xfffL) << 32) | ((major & 0xfffL) << 8) | ((minor & ~0xffL) << 12) | (minor & 0xffL);
    }

    /** The file type as a {@code d_type} of {@code getdents64(2)}. */
    byte entryType() {
        return (byte) ((buffer.getShort(MODE) & S_IFMT) >> 12);
    }

    private long links() {
        return Integer.toUnsignedLong(buffer.getInt(LINKS));
    }

    void decode(FileStat into) {
        into.set(type(), size(), buffer.getLong(INODE), device());
        into.setLinks(links());
        into.setAccess(buffer.getShort(MODE) & PERMISSIONS, buffer.getInt(USER), buffer.getInt(GROUP));
        into.setMtime(buffer.getLong(MTIME), buffer.getInt(MTIME + NANOS));
        into.setCtime(buffer.getLong(CTIME), buffer.getInt(CTIME + NANOS));
        if ((buffer.getInt(ANSWERED) & HAS_BIRTH) != 0) {
            into.setBirth(buffer.getLong(BTIME), buffer.getInt(BTIME + NANOS));
        }
    }

    FileFacts facts() {
        FileStat stat = new FileStat();
        decode(stat);
        return new FileFacts(
                stat.toStamp(),
                identity(),
                type() == FileType.REGULAR,
                buffer.getShort(MODE) & PERMISSIONS,
                buffer.getInt(USER),
                buffer.getInt(GROUP),
                links());
    }

    @Override
    public void close() {
        buffer.close();
    }
}
