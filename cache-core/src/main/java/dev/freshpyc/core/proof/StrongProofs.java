package dev.freshpyc.core.proof;

import dev.freshpyc.core.verdict.Evidence;
import java.util.Optional;

/**
 * Those of some proofs that rest on evidence of a certain strength.
 *
 * @param weakest the weakest evidence of a proof that is found
 */
public record StrongProofs(KnownProofs proofs, Evidence weakest) implements KnownProofs {

    @Override
    public Optional<ContentProof> find(ProvenPair pair) {
        return proofs.find(pair).filter(proof -> proof.evidence().isAtLeast(weakest));
    }

    @Override
    public boolean mayRefute() {
        return proofs.mayRefute();
    }

    @Override
    public boolean isRefuted(ProvenPair pair) {
        return proofs.isRefuted(pair);
    }
}
