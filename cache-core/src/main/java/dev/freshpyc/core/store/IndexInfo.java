package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;

/**
 * The facts about one generation of an index.
 *
 * @param entry the indexed path entry, absolute
 * @param generation the number of the generation, from 1
 * @param token a random number, because two concurrent publishers may give two generations the same number
 * @param checkedAtNanos start of the last run that published or confirmed the generation, in nanoseconds since 1970
 * @param records number of sources
 * @param bytes size of the index on disk
 */
public record IndexInfo(RawPath entry, long generation, long token, long checkedAtNanos, long records, long bytes) {

    /** These facts with a later time of confirmation. */
    public IndexInfo checkedAt(long nanos) {
        return new IndexInfo(entry, generation, token, nanos, records, bytes);
    }

    /** These facts with another number of the generation. */
    public IndexInfo numbered(long number) {
        return new IndexInfo(entry, number, token, checkedAtNanos, records, bytes);
    }

    /** These facts about an overlay as those of the index that it makes of a file of {@code more} bytes. */
    public IndexInfo withBytesOf(long more) {
        return new IndexInfo(entry, generation, token, checkedAtNanos, records, bytes + more);
    }

    /** Whether both describe the same generation, regardless of the time of confirmation. */
    public boolean sameState(IndexInfo other) {
        return token == other.token && generation == other.generation && entry.equals(other.entry);
    }
}
