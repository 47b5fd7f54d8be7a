package dev.freshpyc.core.proof;

import java.util.Optional;

/** Answers whether a body is known to be a source's, whatever the paths and times of the files. Thread-safe. */
@FunctionalInterface
public interface KnownProofs {

    /** Knows nothing. */
    KnownProofs NONE = _ -> Optional.empty();

    /** The proof of a pair; empty where none is known, or where the files with the proofs cannot be read. */
    Optional<ContentProof> find(ProvenPair pair);
}
