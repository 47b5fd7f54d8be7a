package dev.freshpyc.indexer.library;

/** How headers identify their source after a repair. */
public enum RepairMode {
    /** Fresh files stay as they are; the others get checked hashes where the interpreter supports hashes, timestamps elsewhere. */
    AUTO,
    /** By the source's hash, which the interpreter compares at each start. */
    CHECKED_HASH,
    /** By the source's hash, which the interpreter does not compare. */
    UNCHECKED_HASH,
    /** By the source's mtime and size. */
    TIMESTAMP,
    /** By mtime 0 and the source's size, for images that set every mtime to 0. */
    ZERO_MTIME
}
