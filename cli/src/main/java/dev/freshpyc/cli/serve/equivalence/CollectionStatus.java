package dev.freshpyc.cli.serve.equivalence;

import java.util.Optional;

/**
 * What the next sweep would do.
 *
 * @param kept rows with the mark; without a mark all rows
 * @param removed rows without the mark
 * @param mark empty when no collection goes on
 */
public record CollectionStatus(long kept, long removed, Optional<String> mark) {}
