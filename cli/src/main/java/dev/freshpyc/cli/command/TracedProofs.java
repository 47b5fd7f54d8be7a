package dev.freshpyc.cli.command;

import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.proof.KnownProofs;
import dev.freshpyc.core.proof.ProvenPair;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Known proofs that show each proof that was found.
 *
 * @param trace is shown the proofs
 */
record TracedProofs(KnownProofs proofs, Consumer<ContentProof> trace) implements KnownProofs {

    @Override
    public Optional<ContentProof> find(ProvenPair pair) {
        Optional<ContentProof> found = proofs.find(pair);
        found.ifPresent(trace);
        return found;
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
