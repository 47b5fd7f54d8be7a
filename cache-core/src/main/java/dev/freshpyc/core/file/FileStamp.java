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
 */
public record FileStamp(long mtimeSeconds, int mtimeNanos, long ctimeSeconds, int ctimeNanos, long size, long inode) {

    /**
     * Stands in for the stamp of a file that changed so recently that a later change could leave the same one: it equals
     * no file's, so the next run reads the file again (git calls this smudging).
     */
    public static final FileStamp UNSETTLED = new FileStamp(0, -1, 0, -1, -1, 0);

    /** Written out, as the one that records get costs a bootstrap at every start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileStamp that
                && mtimeSeconds == that.mtimeSeconds
                && mtimeNanos == that.mtimeNanos
                && ctimeSeconds == that.ctimeSeconds
                && ctimeNanos == that.ctimeNanos
                && size == that.size
                && inode == that.inode;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(inode) * 31 + Long.hashCode(mtimeSeconds) + mtimeNanos;
    }
}
