package dev.freshpyc.core.proof;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** Answers whether a body is known to be a source's, whatever the paths and times of the files. Thread-safe. */
@FunctionalInterface
public interface KnownProofs {

    /** Knows nothing. */
    KnownProofs NONE = _ -> Optional.empty();

    /** The proof of a pair; empty where none is known or the pair is refuted, or where the files with the proofs cannot be read. */
    Optional<ContentProof> find(ProvenPair pair);

    /** Whether any pair may be refuted. Cheap, so that a run asks for no single refutation where there is none. */
    default boolean mayRefute() {
        return false;
    }

    /** Whether an interpreter was seen to make other code of the source. Such a pair has no proof, whatever others say. */
    default boolean isRefuted(ProvenPair pair) {
        return false;
    }

    /** The same proofs and refutations, of which {@code view} sees each answer and may withhold the proof. */
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
        };
    }
}
