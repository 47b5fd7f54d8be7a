package dev.freshpyc.indexer.index;

import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.RacyWindow;

/**
 * How far an index is trusted.
 *
 * @param trustStamps whether an equal stamp means an equal file; not so where ctime or inode numbers are not stable
 * @param digests whether contents are read and hashed at all
 * @param reuseVerdicts whether a recorded verdict is the answer for an unchanged pair; false where the run asks about another
 *     interpreter or other options than the refresh that recorded the verdict
 */
public record IndexRules(RacyWindow window, boolean trustStamps, boolean digests, boolean reuseVerdicts) {

    /** Whether a record has everything that this run would find out by reading the files. */
    boolean isComplete(KnownSource source, PycRecord pyc) {
        boolean sourceRead = source.stamp() == null || source.knownContent() != null;
        return pyc.isDecided() && (!digests || (pyc.body() != null && sourceRead));
    }
}
