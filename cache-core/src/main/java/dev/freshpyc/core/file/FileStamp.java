package dev.freshpyc.core.file;

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

    /** Whether both stamps have the same mtime, to the nanosecond. */
    public boolean hasMtimeOf(FileStamp other) {
        return mtimeSeconds == other.mtimeSeconds && mtimeNanos == other.mtimeNanos;
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
