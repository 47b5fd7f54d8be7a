package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import java.util.Optional;

/**
 * The stores that a repair reads and writes beside the trees.
 *
 * @param proofs gives proofs by content and takes those of the run; empty where nobody keeps proofs
 * @param journals takes what an undo needs
 */
public record RepairStores(IndexStore index, Optional<ProofStore> proofs, JournalDirectory journals) {}
