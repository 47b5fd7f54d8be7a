package dev.freshpyc.core.store;

import dev.freshpyc.core.file.RawPath;

/**
 * What an index says of itself.
 *
 * @param entry the path entry that it is about, absolute
 * @param generation counts up with each one published for that entry, from 1
 * @param checkedAtNanos when the run began that last found it true, in nanoseconds since 1970
 * @param records how many sources it has
 * @param bytes its size on disk
 */
public record IndexInfo(RawPath entry, long generation, long checkedAtNanos, long records, long bytes) {}
