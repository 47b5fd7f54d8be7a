package dev.freshpyc.core.proof;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;

/**
 * The proofs of several stores. A refutation in one store beats the proofs of all others, but not a proof of this machine that restores
 * the pair. Thread-safe.
 */
public record ManyProofs(List<OpenProofs> stores) implements KnownProofs, Closeable {

    public ManyProofs {
        stores = List.copyOf(stores);
    }

    /** The strongest proof of the pair in all stores. */
    @Override
    public Optional<ContentProof> find(ProvenPair pair) {
        Optional<ContentProof> strongest = Optional.empty();
        for (OpenProofs store : stores) {
            strongest = ContentProof.stronger(strongest, store.find(pair));
            if (strongest.isPresent() && strongest.get().isCompared()) {
                break;
            }
        }
        return strongest.filter(_ -> !isRefuted(pair));
    }

    @Override
    public boolean mayRefute() {
        return stores.stream().anyMatch(OpenProofs::mayRefute);
    }

    @Override
    public boolean isRefuted(ProvenPair pair) {
        return stores.stream().anyMatch(store -> store.isRefuted(pair)) && !isRestored(pair);
    }

    @Override
    public boolean isRestored(ProvenPair pair) {
        return stores.stream().anyMatch(store -> store.isRestored(pair));
    }

    /** Whether there are no stores. */
    public boolean isEmpty() {
        return stores.isEmpty();
    }

    /** The reasons why proofs could not be read, a line each. */
    public List<String> problems() {
        return stores.stream().flatMap(store -> store.problems().stream()).toList();
    }

    @Override
    public void close() {
        stores.forEach(OpenProofs::close);
    }
}
