package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FreeRoom;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;

/**
 * The room that a snapshot takes if its files are copied. The copies may take nine tenths of the free room on the disk: a refresh makes a
 * snapshot that nobody has asked for, and must not fill the disk for everybody else.
 */
final class CopyRoom {

    /** The size of a block in bytes, on ext4, XFS, Btrfs and tmpfs. */
    private static final long BLOCK = 4096;

    private static final long TENTHS = 10;

    private long files;
    private long bytes;
    private long blocks;

    /** Adds a file of {@code size} bytes; 0 if the size is not known. */
    void add(long size) {
        files++;
        bytes += size;
        blocks += Math.max(1, (size + BLOCK - 1) / BLOCK);
    }

    /** The sizes of the files, added up. */
    long bytes() {
        return bytes;
    }

    /**
     * Requires that the file system of a directory has the room.
     *
     * @throws SnapshotException when the files would take more than nine tenths of the free room
     */
    void requireIn(OpenFile directory, TreeWriter editor) throws SnapshotException, SystemCallException {
        FreeRoom free = editor.freeRoom(directory);
        require(blocks * BLOCK, free.bytes(), "bytes");
        require(files, free.files(), "inodes");
    }

    private void require(long needed, long free, String unit) throws SnapshotException {
        if (needed > free / TENTHS * (TENTHS - 1)) {
            throw new SnapshotException(
                    "no snapshot was made: the file system of the indexes has no room for copies of " + files
                            + " files, which take " + needed + " " + unit + ": at most 90 % of the free " + free + " "
                            + unit
                            + " are used; make room there, or choose another directory with --index");
        }
    }
}
