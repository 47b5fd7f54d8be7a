package dev.freshpyc.perf.service;

import java.util.Locale;

/** Rows of a database of hash equivalences, and questions about them. */
final class EquivalenceRows {

    static final String METHOD = "oe.sstatesig.OEOuthashBasic";

    private EquivalenceRows() {}

    /** The taskhash of a row: 64 hexadecimal digits in no order, as hashes are. */
    static String task(int row) {
        return hash('t', row);
    }

    /** The outhash of a row. */
    static String output(int row) {
        return hash('o', row);
    }

    /** A report of a row, as JSON. */
    static String report(int row) {
        return "{\"method\":\"" + METHOD + "\",\"taskhash\":\"" + task(row) + "\",\"outhash\":\"" + output(row)
                + "\",\"unihash\":\"" + task(row)
                + "\",\"owner\":\"builder\",\"PN\":\"zlib\",\"PV\":\"1.3.1\",\"PR\":\"r0\",\"task\":\"do_compile\"}";
    }

    /** A question about a row, as JSON. */
    static String question(int row) {
        return "{\"method\":\"" + METHOD + "\",\"taskhash\":\"" + task(row) + "\"}";
    }

    /** The row that question number {@code at} is about: the questions are spread all over the table. */
    static int spread(int at, int rows) {
        return (int) (at * 7_919L % rows);
    }

    private static String hash(char kind, int at) {
        long mixed = (at + 1) * 0x9E3779B97F4A7C15L ^ kind * 0xC2B2AE3D27D4EB4FL;
        return String.format(Locale.ROOT, "%016x%016x%016x%016x", mixed, mixed * 31, mixed * 37, mixed * 41);
    }
}
