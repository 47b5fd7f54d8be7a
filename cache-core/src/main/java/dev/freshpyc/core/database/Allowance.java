package dev.freshpyc.core.database;

/**
 * How much may yet be read of a database: each of its bytes twice, once in a page and once in the value put together of
 * pages. In a sound one every page is in one place and is read once; who asks for more is led in a circle, or to the same
 * place again and again. So a hostile file costs no more time and memory than an honest one of its size.
 */
public final class Allowance {
    /** A longer value is not read. As the header of an RPM package it has room for some 200,000 files. */
    public static final int MAX_VALUE = 32 * 1024 * 1024;

    private long left;

    /** @param size of the database's files together, in bytes */
    public Allowance(long size) {
        left = 2 * size;
    }

    /** Whether so many bytes may be read, which then are taken off. */
    public boolean takes(long bytes) {
        if (bytes < 0 || bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }

    /** Whether memory for a value of so many bytes may be had, which then are taken off. */
    public boolean takesValue(long bytes) {
        return bytes <= MAX_VALUE && takes(bytes);
    }
}
