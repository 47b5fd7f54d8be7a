package dev.freshpyc.perf;

import java.util.Locale;

/**
 * Something said of the program's speed or size, and what was measured.
 *
 * @param limit what {@code measured} is claimed to keep to
 * @param unit empty for a ratio
 */
record Claim(String what, double measured, Bound bound, double limit, String unit) {

    /** Which side of the limit is claimed. */
    enum Bound {
        AT_MOST("at most"),
        AT_LEAST("at least");

        private final String words;

        Bound(String words) {
            this.words = words;
        }
    }

    /** audit / compileall, wall-clock. */
    static final double AGAINST_PEER = 0.40;

    /** audit / floor, wall-clock, on a tree of tens of thousands of pairs, where the start of a JVM still counts. */
    static final double AGAINST_FLOOR = 2.0;

    /** audit / floor, wall-clock, from {@link BenchOptions#LARGE_PAIRS} on, where the second core makes up for it. */
    static final double AGAINST_FLOOR_LARGE = 1.0;

    /** Milliseconds for {@code --version}. */
    static final double VERSION = 100;

    /** MB resident at {@link BenchOptions#LARGE_PAIRS}. */
    static final double PEAK = 200;

    /** "Flat": the peak at twice the pairs / the peak at {@link BenchOptions#LARGE_PAIRS}. */
    static final double PEAK_GROWTH = 1.10;

    static final String FALSIFIED_BY = """
            A claim is falsified by this command, on an otherwise idle machine and a file system in the page cache, when it prints
            "missed": a ratio is judged by the larger of ratio of medians and median of pairs, a rate by the smaller, all else by the
            median (peak: the maximum). Trees below 10,000 pairs say nothing. A cold cache is another question, which this does not answer.
            """;

    /** A claim that {@code measured} is at most {@code limit}. */
    Claim(String what, double measured, double limit, String unit) {
        this(what, measured, Bound.AT_MOST, limit, unit);
    }

    /** A claim that {@code measured} is at least {@code limit}. */
    static Claim atLeast(String what, double measured, double limit, String unit) {
        return new Claim(what, measured, Bound.AT_LEAST, limit, unit);
    }

    boolean held() {
        return switch (bound) {
            case AT_MOST -> measured <= limit;
            case AT_LEAST -> measured >= limit;
        };
    }

    @Override
    public String toString() {
        String judged = held() ? "held" : "missed";
        return String.format(
                Locale.ROOT,
                "%-7s %-42s %8.2f%s, claimed %s %.2f%s",
                judged,
                what,
                measured,
                unit,
                bound.words,
                limit,
                unit);
    }
}
