package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.util.List;
import java.util.stream.Stream;

/**
 * The counts of one refresh.
 *
 * @param seen pycs that were judged
 * @param reused pycs among them whose recorded verdict was taken without opening the files
 * @param hashed sources and pycs that were read as a whole
 * @param hashedBytes bytes that were read for hashing
 * @param changed sources whose record is new or differs from the last one
 * @param vanished records that were dropped, since their sources are gone
 * @param unread directories and archives that could not be read, a line each, sorted
 * @param unwritten indexes that could not be read or written, a line each
 */
public record RefreshSummary(
        long seen,
        long reused,
        long hashed,
        long hashedBytes,
        long changed,
        long vanished,
        VerdictCounts verdicts,
        List<String> unread,
        List<String> unwritten) {

    /** What could not be read or written, a line each. */
    public List<String> problems() {
        return Stream.concat(unread.stream(), unwritten.stream()).toList();
    }

    /** How many pycs could not be read, or have a source that could not be read. */
    public long unreadable() {
        return verdicts.of(Verdict.Kind.UNREADABLE);
    }

    /** Whether everything was read and written. */
    public boolean isComplete() {
        return unread.isEmpty() && unwritten.isEmpty() && unreadable() == 0;
    }
}
