package dev.freshpyc.core.proof;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** Answers whether a body is known to be a source's, whatever the paths and times of the files. Thread-safe. */
@FunctionalInterface
public interface KnownProofs {

    /** Knows nothing. */
    KnownProofs NONE = _ -> Optional.empty();

    /**
     * The proof of a pair; empty if no proof is known, if the pair is refuted, or if the files with the proofs cannot
     * be read.
     */
    Optional<ContentProof> find(ProvenPair pair);

    /** Whether any pair may be refuted. The answer is cheap, and spares a run the question about each single pair. */
    default boolean mayRefute() {
        return false;
    }

    /**
     * Whether the pair is refuted: an interpreter compiled the source to other code. No proof of another store counts
     * for such a pair, except one that {@linkplain #isRestored restores} the pair.
     */
    default boolean isRefuted(ProvenPair pair) {
        return false;
    }

    /**
     * Whether the pair was refuted, and a later comparison on this machine found equal code: a release that was not at hand before
     * made the body. Such a proof is stronger than what an index recorded of an earlier comparison.
     */
    default boolean isRestored(ProvenPair pair) {
        return false;
    }

    /**
     * These proofs and refutations, with {@code view} applied to each answer of {@link #find}; it may withhold a proof.
     */
    default KnownProofs through(UnaryOperator<Optional<ContentProof>> view) {
        KnownProofs all = this;
        return new KnownProofs() {
            @Override
            public Optional<ContentProof> find(ProvenPair pair) {
                return view.apply(all.find(pair));
            }

            @Override
            public boolean mayRefute() {
                return all.mayRefute();
            }

            @Override
            public boolean isRefuted(ProvenPair pair) {
                return all.isRefuted(pair);
            }

            @Override
            public boolean isRestored(ProvenPair pair) {
                return all.isRestored(pair);
            }
        };
    }
}
