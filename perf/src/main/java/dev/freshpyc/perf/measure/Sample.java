package dev.freshpyc.perf.measure;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * The values of one quantity over several runs, in order. The median stands for the sample: on a shared machine one run in
 * ten is disturbed, which would move a mean.
 */
public record Sample(List<Double> values) {

    /**
     * The ratio of two samples, computed in two ways that fail differently.
     *
     * @param ofMedians one median divided by the other: robust against single disturbed rounds
     * @param medianOfPairs the median of the ratios within each round: robust against a machine that slows down meanwhile
     */
    public record Ratio(double ofMedians, double medianOfPairs) {

        /** The ratio of two samples. Those of {@link Trials} may have different numbers of runs: they have the ratio of medians alone. */
        public static Ratio of(Sample subject, Sample yardstick) {
            double ofMedians = subject.median() / yardstick.median();
            boolean inTurns = subject.values.size() == yardstick.values.size();
            return new Ratio(ofMedians, inTurns ? subject.pairwiseTo(yardstick).median() : ofMedians);
        }

        /** The larger value, which a claim of "at most" is judged by. */
        public double larger() {
            return Math.max(ofMedians, medianOfPairs);
        }

        /** The smaller value, which a claim of "at least" is judged by. */
        public double smaller() {
            return Math.min(ofMedians, medianOfPairs);
        }
    }

    public Sample {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    public double min() {
        return sorted().getFirst();
    }

    public double max() {
        return sorted().getLast();
    }

    /** The middle value; for an even number of values, the mean of the two in the middle. */
    public double median() {
        List<Double> sorted = sorted();
        int upper = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(upper) : (sorted.get(upper - 1) + sorted.get(upper)) / 2;
    }

    /** Each value divided by the other sample's value of the same round, which suffered the same disturbance. */
    public Sample pairwiseTo(Sample other) {
        return pairwise(other, (mine, its) -> mine / its);
    }

    /** Each value minus the other sample's value of the same round. */
    public Sample pairwiseMinus(Sample other) {
        return pairwise(other, (mine, its) -> mine - its);
    }

    private Sample pairwise(Sample other, DoubleBinaryOperator operator) {
        if (values.size() != other.values.size()) {
            throw new IllegalArgumentException(values.size() + " runs against " + other.values.size());
        }
        return new Sample(IntStream.range(0, values.size())
                .mapToObj(round -> operator.applyAsDouble(values.get(round), other.values.get(round)))
                .toList());
    }

    private List<Double> sorted() {
        return values.stream().sorted().toList();
    }
}
