package dev.freshpyc.indexer.index;

import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.util.List;

/**
 * What a refresh did.
 *
 * @param seen bytecode files looked at
 * @param reused of those, the ones taken over without being opened
 * @param hashed files read whole, sources and bytecode
 * @param hashedBytes bytes read for that
 * @param changed sources whose record is new or differs from the last one
 * @param vanished records dropped
 * @param troubles what could not be read or written, a line each
 */
public record RefreshSummary(
        long seen,
        long reused,
        long hashed,
        long hashedBytes,
        long changed,
        long vanished,
        VerdictCounts verdicts,
        List<String> troubles) {

    /** Bytecode files that are there and could not be read, or whose source could not. */
    public long unreadable() {
        return verdicts.of(Verdict.Kind.UNREADABLE);
    }

    /** Whether everything was read and written. */
    public boolean isComplete() {
        return troubles.isEmpty() && unreadable() == 0;
    }
}
