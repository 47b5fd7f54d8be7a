package dev.freshpyc.cli.serve.equivalence;

/**
 * The use of the answers that a service keeps in memory, since its start.
 *
 * @param hits single questions that were answered from memory
 * @param misses single questions that the database had to answer
 * @param size how many tasks are in memory now; some may be too old to be used
 */
public record CacheUse(long hits, long misses, long size) {}
