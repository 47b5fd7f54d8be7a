package dev.freshpyc.cli.serve.equivalence;

/**
 * The size of a store.
 *
 * @param methods how many different methods the rows have
 * @param bytes the size of the database, without its log
 */
public record StoreSize(long rows, long methods, long bytes) {}
