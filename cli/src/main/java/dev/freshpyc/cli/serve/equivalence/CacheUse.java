package dev.freshpyc.cli.serve.equivalence;

/**
 * How much the answers that a service keeps in memory were used since it started.
 *
 * @param hits single questions that were answered from memory
 * @param misses single questions that the database had to answer
 * @param size how many tasks are in memory now; some may be too old to be used
 */
public record CacheUse(long hits, long misses, long size) {}
