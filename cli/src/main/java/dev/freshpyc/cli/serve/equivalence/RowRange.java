package dev.freshpyc.cli.serve.equivalence;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A range of rows that one transaction changes. Between two transactions, a long collection lets reports pass.
 *
 * @param after the number before the first row
 * @param last the number of the last row
 */
record RowRange(long after, long last) {

    private static final long WIDTH = 10_000;

    /** The ranges of all rows up to a number. */
    static Stream<RowRange> upTo(long last) {
        return LongStream.iterate(0, after -> after < last, after -> after + WIDTH)
                .mapToObj(after -> new RowRange(after, Math.min(after + WIDTH, last)));
    }

    String condition() {
        return "id > " + after + " AND id <= " + last;
    }
}
