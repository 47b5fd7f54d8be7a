package dev.freshpyc.indexer.repair.archive;

import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.indexer.scan.PathEntry;

/** Takes what compiling shows of members of archives. */
public interface MemberProofs {

    /** The interpreter makes the body of the source. */
    void proven(PathEntry entry, ProvenPair pair);

    /**
     * The interpreter makes other code of the source, at every level.
     *
     * @param believed whether the interpreter loads the body, or evidence said that it is the source's
     */
    void refuted(PathEntry entry, ProvenPair pair, boolean believed);
}
