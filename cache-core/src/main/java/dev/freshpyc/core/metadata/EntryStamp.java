package dev.freshpyc.core.metadata;

/**
 * Identifies a state of a path entry.
 *
 * @param directory whether the entry is a directory; otherwise it is a file
 * @param inode of the entry, links followed
 * @param size of a file in bytes; 0 for a directory
 * @param mtimeNanos in nanoseconds since 1970
 * @param ctimeNanos in nanoseconds since 1970
 */
public record EntryStamp(boolean directory, long inode, long size, long mtimeNanos, long ctimeNanos) {}
