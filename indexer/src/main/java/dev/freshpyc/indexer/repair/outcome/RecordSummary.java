package dev.freshpyc.indexer.repair.outcome;

import dev.freshpyc.core.path.RawPath;
import java.util.List;

/**
 * What a run did with the records of package managers, or would do.
 *
 * @param updated RECORD files of wheels whose lines were brought up to date
 * @param lines how many lines of them
 * @param undecided of a plan: how many lines more may change, which only a compilation tells
 * @param keptCount files that were left since a record lists their digests
 * @param kept the first {@value OutcomeTally#MAX_LISTED} of them, sorted
 */
public record RecordSummary(long updated, long lines, long undecided, long keptCount, List<KeptFile> kept) {

    /** A file that was left, and the record that lists its digest. */
    public record KeptFile(RawPath place, RawPath record) {}

    /** Copies the list. */
    public RecordSummary {
        kept = List.copyOf(kept);
    }
}
