package dev.freshpyc.core.database;

/**
 * How many more bytes of a database may be read. A reader may read each byte twice: once in a page, and once in a value
 * assembled from pages. A sound database needs no more; pages that lead in circles exhaust the allowance, so a hostile
 * database costs no more time and memory than a sound one of equal size.
 */
public final class Allowance {
    /** Longest value that is read, in bytes. An RPM header of this size has room for some 200,000 files. */
    public static final int MAX_VALUE = 32 * 1024 * 1024;

    private long left;

    /** @param size of the database's files together, in bytes */
    public Allowance(long size) {
        left = 2 * size;
    }

    /** Takes {@code bytes} off the allowance for reading; false if too few are left. */
    public boolean takes(long bytes) {
        if (bytes < 0 || bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }

    /** Takes {@code bytes} off the allowance for assembled values; false if too few are left. */
    public boolean takesValue(long bytes) {
        return bytes <= MAX_VALUE && takes(bytes);
    }
}
