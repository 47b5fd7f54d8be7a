package dev.freshpyc.indexer.files;

/** A directory that is held open: whatever is renamed or swapped above it, it stays the one that was opened. */
public interface OpenDirectory {

    Identity identity();

    /** Which directory it is, whatever its name: by this, none is walked twice. */
    record Identity(long device, Object inode) {}
}
