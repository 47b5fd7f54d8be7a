package dev.freshpyc.core.file;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What {@code statx(2)} says of a regular file. Two stamps are compared for equality only, never for which is newer.
 *
 * @param mtimeSeconds seconds since 1970, negative before
 * @param mtimeNanos 0 to 999,999,999
 * @param ctimeSeconds seconds since 1970 of the last change of the inode
 * @param ctimeNanos 0 to 999,999,999
 * @param size bytes
 * @param inode the file's number in its file system
 * @param device the file system's number, {@code st_dev}; 0 where the system has none. Two images of equal layout may
 *     share inode, times and size
 */
public record FileStamp(
        long mtimeSeconds, int mtimeNanos, long ctimeSeconds, int ctimeNanos, long size, long inode, long device) {

    /**
     * Recorded instead of a racy stamp, which a later change of the file could leave unchanged. No file has this stamp,
     * so the next run reads the file again (git calls this smudging).
     */
    public static final FileStamp UNSETTLED = new FileStamp(0, -1, 0, -1, -1, 0, 0);

    /** The value of {@code ctimeNanos} in a portable stamp. */
    private static final int NO_CTIME = -1;

    /**
     * The part of this stamp that survives a copy with times: the size, and the mtime in whole seconds. It never equals the full
     * stamp of a file. {@link #UNSETTLED} stays as it is.
     */
    public FileStamp portable() {
        return equals(UNSETTLED) ? UNSETTLED : portable(mtimeSeconds, size);
    }

    /** The portable stamp of a file with that mtime, in seconds since 1970, and size. */
    public static FileStamp portable(long mtimeSeconds, long size) {
        return new FileStamp(mtimeSeconds, 0, 0, NO_CTIME, size, 0, 0);
    }

    /** Whether only the size and the seconds of the mtime are recorded. */
    public boolean isPortable() {
        return ctimeNanos == NO_CTIME && size >= 0;
    }

    /** Whether this is a portable stamp, and a file with the stamp {@code now} has its size and mtime. */
    public boolean isPortableStampOf(FileStamp now) {
        return isPortable() && size == now.size && mtimeSeconds == now.mtimeSeconds;
    }

    /** Whether both stamps have the same mtime, to the nanosecond. */
    public boolean hasMtimeOf(FileStamp other) {
        return mtimeSeconds == other.mtimeSeconds && mtimeNanos == other.mtimeNanos;
    }

    /** Writes the stamp in fixed 48 bytes. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeLong(mtimeSeconds);
        out.writeInt(mtimeNanos);
        out.writeLong(ctimeSeconds);
        out.writeInt(ctimeNanos);
        out.writeLong(size);
        out.writeLong(inode);
        out.writeLong(device);
    }

    /** Reads a stamp that {@link #writeTo} wrote. */
    public static FileStamp readFrom(DataInput in) throws IOException {
        return new FileStamp(
                in.readLong(), in.readInt(), in.readLong(), in.readInt(), in.readLong(), in.readLong(), in.readLong());
    }

    /** Written by hand: the generated method costs a bootstrap at every start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileStamp that
                && mtimeSeconds == that.mtimeSeconds
                && mtimeNanos == that.mtimeNanos
                && ctimeSeconds == that.ctimeSeconds
                && ctimeNanos == that.ctimeNanos
                && size == that.size
                && inode == that.inode
                && device == that.device;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(inode) * 31 + Long.hashCode(mtimeSeconds) + mtimeNanos;
    }
}
