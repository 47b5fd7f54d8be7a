package dev.freshpyc.core.store.file;

/**
 * Whether a publication waits until the new file is on the disk. Without, a killed process still leaves either the old or the new
 * file; a machine that loses power may leave a damaged one, which its checksums show.
 */
public enum Forcing {
    /** Before and after the rename. */
    ALWAYS,
    /** Never: for build roots and other trees that are thrown away with the machine. */
    NEVER
}
