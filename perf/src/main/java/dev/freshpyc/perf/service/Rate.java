package dev.freshpyc.perf.service;

/**
 * How often something was done in a second.
 *
 * @param rows of the database then; 0 where that does not matter
 * @param seconds that all of it took
 */
public record Rate(String what, int rows, int count, double seconds) {

    /** The rate of what began at a {@link System#nanoTime} and has just ended. */
    static Rate since(long begun, String what, int rows, int count) {
        return new Rate(what, rows, count, (System.nanoTime() - begun) / 1e9);
    }

    /** Times in a second. */
    public double perSecond() {
        return count / seconds;
    }
}
