package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The part of a stamp that a repair itself does not change: a rename sets the ctime, so the ctime is left out.
 *
 * @param inode 0 where there is no file
 */
public record FileState(long inode, long size, long mtimeSeconds, int mtimeNanos) {

    /** The state of a file that does not exist. */
    static final FileState ABSENT = new FileState(0, 0, 0, 0);

    /** The state in a stamp. */
    public static FileState of(FileStamp stamp) {
        return new FileState(stamp.inode(), stamp.size(), stamp.mtimeSeconds(), stamp.mtimeNanos());
    }

    /** An equal state of another inode. */
    public FileState withInode(long other) {
        return new FileState(other, size, mtimeSeconds, mtimeNanos);
    }

    /** Whether at most the inode differs. */
    boolean isCopyOf(FileState other) {
        return withInode(other.inode).equals(other);
    }

    /** Whether a file is the regular file that was seen; the ctime may differ, since a link sets it. */
    public static boolean isSeen(FileFacts facts, FileStamp seen) {
        return facts.regular()
                && facts.stamp().device() == seen.device()
                && of(facts.stamp()).equals(of(seen));
    }

    /** Whether at most the mtime differs. */
    boolean isSameButForTime(FileState other) {
        return inode == other.inode && size == other.size;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(inode);
        out.writeLong(size);
        out.writeLong(mtimeSeconds);
        out.writeInt(mtimeNanos);
    }

    static FileState read(DataInput in) throws IOException {
        return new FileState(in.readLong(), in.readLong(), in.readLong(), in.readInt());
    }
}
