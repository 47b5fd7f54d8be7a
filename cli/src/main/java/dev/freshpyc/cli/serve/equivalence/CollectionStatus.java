package dev.freshpyc.cli.serve.equivalence;

import java.util.Optional;

/**
 * The forecast of the next sweep.
 *
 * @param kept rows with the mark; all rows where no collection runs
 * @param removed rows without the mark
 * @param mark empty where no collection runs
 */
public record CollectionStatus(long kept, long removed, Optional<String> mark) {}
