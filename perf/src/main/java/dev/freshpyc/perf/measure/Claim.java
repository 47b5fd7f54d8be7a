package dev.freshpyc.perf.measure;

import java.util.Locale;

/**
 * A claim about speed or size, with the measured value that confirms or refutes the claim.
 *
 * @param limit the claimed bound of {@code measured}
 * @param unit printed behind the numbers; empty for a ratio
 */
public record Claim(String what, double measured, Bound bound, double limit, String unit) {

    /** Whether the limit is an upper or a lower bound. */
    public enum Bound {
        AT_MOST("at most"),
        AT_LEAST("at least");

        private final String words;

        Bound(String words) {
            this.words = words;
        }
    }

    /** Printed below the claims: how they are judged. */
    public static final String FALSIFIED_BY = """
            A claim is falsified by this command, on an otherwise idle machine and a file system in the page cache, when it prints
            "missed": a ratio is judged by the larger of ratio of medians and median of pairs, a rate by the smaller, all else by the
            median (peak: the maximum). Trees below 10,000 pairs say nothing. A cold cache is another question, which this does not answer.
            """;

    /** A claim that {@code measured} is at most {@code limit}. */
    public Claim(String what, double measured, double limit, String unit) {
        this(what, measured, Bound.AT_MOST, limit, unit);
    }

    /** A claim that {@code measured} is at least {@code limit}. */
    public static Claim atLeast(String what, double measured, double limit, String unit) {
        return new Claim(what, measured, Bound.AT_LEAST, limit, unit);
    }

    /** Whether the measured value keeps to the limit. */
    public boolean held() {
        return switch (bound) {
            case AT_MOST -> measured <= limit;
            case AT_LEAST -> measured >= limit;
        };
    }

    /** The measured value with its unit. */
    public String shownMeasured() {
        return Double.isFinite(measured) ? String.format(Locale.ROOT, "%.2f%s", measured, unit) : "failed";
    }

    /** The limit with its unit: {@code at most 100.00 ms}. */
    public String shownLimit() {
        return String.format(Locale.ROOT, "%s %.2f%s", bound.words, limit, unit);
    }

    @Override
    public String toString() {
        String judged = held() ? "held" : "missed";
        return String.format("%-7s %-42s %8s, claimed %s", judged, what, shownMeasured(), shownLimit());
    }
}
