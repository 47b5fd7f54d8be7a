package dev.freshpyc.perf.measure;

/**
 * How one program's figure relates to another's, in two ways that fail differently.
 *
 * @param ofMedians the median of one divided by the median of the other: holds when single rounds are disturbed
 * @param medianOfPairs the median of the ratios within each round: holds when the machine slows down during the run
 */
public record Ratio(double ofMedians, double medianOfPairs) {

    public static Ratio of(Sample subject, Sample yardstick) {
        return new Ratio(
                subject.median() / yardstick.median(),
                subject.pairwiseTo(yardstick).median());
    }

    /** The larger of the two, by which a claim is judged. */
    public double worse() {
        return Math.max(ofMedians, medianOfPairs);
    }
}
