package dev.freshpyc.cli.serve.equivalence;

/**
 * How much is stored.
 *
 * @param methods how many different methods the rows have
 * @param bytes the size of the database, without its log
 */
public record StoreSize(long rows, long methods, long bytes) {}
