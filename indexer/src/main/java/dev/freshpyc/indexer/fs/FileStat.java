package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.file.FileStamp;
import java.nio.ByteBuffer;

/** The answer of {@link TreeReader#stat}, written over by the next one, so that a walk makes no garbage. */
public final class FileStat {

    /** What a name leads to. */
    public enum Kind {
        REGULAR,
        DIRECTORY,
        OTHER
    }

    /** The length of a written stamp. */
    public static final int BYTES = 5 * Long.BYTES + 2 * Integer.BYTES;

    private Kind kind = Kind.OTHER;
    private long mtimeSeconds;
    private int mtimeNanos;
    private long ctimeSeconds;
    private int ctimeNanos;
    private long size;
    private long inode;
    private long device;
    private long links;

    /**
     * Sets all but times and links.
     *
     * @param device {@code st_dev}, or 0 where the system has none
     */
    public void set(Kind kind, long size, long inode, long device) {
        this.kind = kind;
        this.size = size;
        this.inode = inode;
        this.device = device;
        links = 0;
    }

    public void setLinks(long links) {
        this.links = links;
    }

    public void setMtime(long seconds, int nanos) {
        mtimeSeconds = seconds;
        mtimeNanos = nanos;
    }

    public void setCtime(long seconds, int nanos) {
        ctimeSeconds = seconds;
        ctimeNanos = nanos;
    }

    public Kind kind() {
        return kind;
    }

    public long size() {
        return size;
    }

    /** How many names the file has; 0 where the system does not tell. */
    public long links() {
        return links;
    }

    /** Writes all that {@link #toStamp()} has, {@value #BYTES} bytes, and makes no object. */
    public void writeStamp(ByteBuffer out) {
        out.putLong(mtimeSeconds).putInt(mtimeNanos).putLong(ctimeSeconds).putInt(ctimeNanos);
        out.putLong(size).putLong(inode).putLong(device);
    }

    public FileStamp toStamp() {
        return new FileStamp(mtimeSeconds, mtimeNanos, ctimeSeconds, ctimeNanos, size, inode, device);
    }
}
