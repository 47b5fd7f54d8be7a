package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.file.AccessList;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.file.FileUser;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The result of {@link TreeReader#stat}. The reader writes into the caller's object, so that a scan makes no garbage per
 * file.
 */
public final class FileStat {

    /** The type of a file, symbolic links followed. */
    public enum FileType {
        REGULAR,
        DIRECTORY,
        OTHER
    }

    /** The length of a stamp written without its device. */
    public static final int BYTES_WITHOUT_DEVICE = 4 * Long.BYTES + 2 * Integer.BYTES;

    private FileType type = FileType.OTHER;
    private long mtimeSeconds;
    private int mtimeNanos;
    private long ctimeSeconds;
    private int ctimeNanos;
    private long size;
    private long inode;
    private long device;
    private long links;
    private boolean hasAccess;
    private int mode;
    private int user;
    private int group;
    private boolean hasBirth;
    private long birthSeconds;
    private int birthNanos;

    /**
     * Sets all fields but the times and the number of links, and forgets the birth time and the permissions.
     *
     * @param newDevice {@code st_dev}, or 0 where the system has none
     */
    public void set(FileType newType, long newSize, long newInode, long newDevice) {
        type = newType;
        size = newSize;
        inode = newInode;
        device = newDevice;
        links = 0;
        hasAccess = false;
        hasBirth = false;
    }

    /** Sets when the inode was born; never called where the file system does not record births. */
    public void setBirth(long seconds, int nanos) {
        hasBirth = true;
        birthSeconds = seconds;
        birthNanos = nanos;
    }

    /** Whether the file system records when inodes are born. */
    public boolean hasBirth() {
        return hasBirth;
    }

    /** When the inode was born, in seconds since 1970; with {@link #birthNanos} nanoseconds. */
    public long birthSeconds() {
        return birthSeconds;
    }

    public int birthNanos() {
        return birthNanos;
    }

    /** Sets permissions, owner and group; never called where the system has none. */
    public void setAccess(int newMode, int newUser, int newGroup) {
        hasAccess = true;
        mode = newMode;
        user = newUser;
        group = newGroup;
    }

    /** The user that the file belongs to; empty where the system has no owners. */
    public Optional<Integer> owner() {
        return hasAccess ? Optional.of(user) : Optional.empty();
    }

    /**
     * Whether a user may read the file; true where the system has no permissions.
     *
     * @param list reads the access control list, which is done only where the list may say more than the mode
     */
    public boolean isReadableFor(FileUser reader, Supplier<Optional<AccessList>> list) {
        return !hasAccess
                || listFor(reader, list)
                        .map(found -> reader.mayRead(found, mode, group))
                        .orElseGet(() -> reader.mayRead(mode, user, group));
    }

    /** The same for opening files in the directory. */
    public boolean isSearchableFor(FileUser reader, Supplier<Optional<AccessList>> list) {
        return !hasAccess
                || listFor(reader, list)
                        .map(found -> reader.maySearch(found, mode, group))
                        .orElseGet(() -> reader.maySearch(mode, user, group));
    }

    private Optional<AccessList> listFor(FileUser reader, Supplier<Optional<AccessList>> list) {
        return reader.dependsOnList(user) ? list.get() : Optional.empty();
    }

    public void setLinks(long count) {
        links = count;
    }

    public void setMtime(long seconds, int nanos) {
        mtimeSeconds = seconds;
        mtimeNanos = nanos;
    }

    public void setCtime(long seconds, int nanos) {
        ctimeSeconds = seconds;
        ctimeNanos = nanos;
    }

    /** When the content was last modified, in seconds since 1970; with {@link #mtimeNanos} nanoseconds. */
    public long mtimeSeconds() {
        return mtimeSeconds;
    }

    public int mtimeNanos() {
        return mtimeNanos;
    }

    public FileType type() {
        return type;
    }

    public long size() {
        return size;
    }

    /** The number of hard links; 0 where the system does not say. */
    public long links() {
        return links;
    }

    /** {@code st_dev}; 0 where the system has none. */
    public long device() {
        return device;
    }

    /**
     * Writes the fields of {@link #toStamp()} but the device, {@value #BYTES_WITHOUT_DEVICE} bytes, without making an object.
     */
    public void writeWithoutDevice(ByteBuffer out) {
        out.putLong(mtimeSeconds).putInt(mtimeNanos).putLong(ctimeSeconds).putInt(ctimeNanos);
        out.putLong(size).putLong(inode);
    }

    public FileStamp toStamp() {
        return new FileStamp(mtimeSeconds, mtimeNanos, ctimeSeconds, ctimeNanos, size, inode, device);
    }
}
