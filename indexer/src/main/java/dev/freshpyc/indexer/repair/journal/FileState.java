package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.file.FileStamp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What tells a file from what became of it later, as far as a repair itself does not change it: the ctime is missing, which a
 * rename sets.
 *
 * @param inode 0 where there is no file
 */
public record FileState(long inode, long size, long mtimeSeconds, int mtimeNanos) {

    public static final FileState ABSENT = new FileState(0, 0, 0, 0);

    public static FileState of(FileStamp stamp) {
        return new FileState(stamp.inode(), stamp.size(), stamp.mtimeSeconds(), stamp.mtimeNanos());
    }

    public FileState withInode(long other) {
        return new FileState(other, size, mtimeSeconds, mtimeNanos);
    }

    /** Whether nothing but the mtime differs. */
    public boolean isSameButForTime(FileState other) {
        return inode == other.inode && size == other.size;
    }

    public void write(DataOutput out) throws IOException {
        out.writeLong(inode);
        out.writeLong(size);
        out.writeLong(mtimeSeconds);
        out.writeInt(mtimeNanos);
    }

    public static FileState read(DataInput in) throws IOException {
        return new FileState(in.readLong(), in.readLong(), in.readLong(), in.readInt());
    }
}
