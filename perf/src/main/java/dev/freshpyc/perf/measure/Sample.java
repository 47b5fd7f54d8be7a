package dev.freshpyc.perf.measure;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * The same quantity measured several times, in the order of the runs.
 *
 * <p>No mean and no deviation: on a shared machine one run in ten is disturbed, and that must not move the figure.
 */
public record Sample(List<Double> values) {

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

    /** The middle value; of an even number, the mean of the two in the middle. */
    public double median() {
        List<Double> sorted = sorted();
        int upper = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(upper) : (sorted.get(upper - 1) + sorted.get(upper)) / 2;
    }

    /** Each value divided by the one of the same round, which lasted under the same disturbance. */
    public Sample pairwiseTo(Sample other) {
        return pairwise(other, (mine, its) -> mine / its);
    }

    /** From each value the one of the same round taken off. */
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
