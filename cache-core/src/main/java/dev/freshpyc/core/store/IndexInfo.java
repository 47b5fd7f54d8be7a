package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;

/**
 * What an index says of itself.
 *
 * @param entry the path entry that it is about, absolute
 * @param generation counts up with each one published for that entry, from 1
 * @param token random: two publishers in the same instant may give one number to two generations, never one token
 * @param checkedAtNanos when the run began that last found it true, in nanoseconds since 1970
 * @param records how many sources it has
 * @param bytes its size on disk
 */
public record IndexInfo(RawPath entry, long generation, long token, long checkedAtNanos, long records, long bytes) {

    /** The same index, found true by a later run. */
    public IndexInfo checkedAt(long nanos) {
        return new IndexInfo(entry, generation, token, nanos, records, bytes);
    }

    /** Whether this is the very state that {@code other} is, whenever it was checked. */
    public boolean sameState(IndexInfo other) {
        return token == other.token && generation == other.generation && entry.equals(other.entry);
    }
}
