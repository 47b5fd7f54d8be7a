package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.record.UncompiledSources;
import java.util.Optional;

/**
 * The stores that a repair reads and writes beside the trees.
 *
 * @param proofs gives proofs by content and takes those of the run; empty where nobody keeps proofs
 * @param journals takes what an undo needs
 * @param uncompiled the sources that runs could not compile, from which a dry run predicts; empty where nobody keeps them
 */
public record RepairStores(
        IndexStore index,
        Optional<ProofStore> proofs,
        JournalDirectory journals,
        Optional<UncompiledSources> uncompiled) {

    /** Stores without a memory of the sources that do not compile. */
    public RepairStores(IndexStore index, Optional<ProofStore> proofs, JournalDirectory journals) {
        this(index, proofs, journals, Optional.empty());
    }

    /** The same stores, with a memory of the sources that do not compile. */
    public RepairStores remembering(UncompiledSources sources) {
        return new RepairStores(index, proofs, journals, Optional.of(sources));
    }
}
