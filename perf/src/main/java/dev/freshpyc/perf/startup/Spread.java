package dev.freshpyc.perf.startup;

import dev.freshpyc.perf.measure.Sample;

/**
 * How the values of a sample scatter.
 *
 * @param deviation the standard deviation of a sample, 0 for a single value
 * @param outliers how many values lie more than one and a half interquartile ranges outside of the quartiles (Tukey's fences)
 */
public record Spread(double mean, double deviation, int outliers) {

    public static Spread of(Sample sample) {
        double[] sorted = sample.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        double mean = sample.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        double squares = 0;
        for (double value : sorted) {
            squares += (value - mean) * (value - mean);
        }
        double fence = 1.5 * (quantile(sorted, 0.75) - quantile(sorted, 0.25));
        int outliers = 0;
        for (double value : sorted) {
            if (value < quantile(sorted, 0.25) - fence || value > quantile(sorted, 0.75) + fence) {
                outliers++;
            }
        }
        return new Spread(mean, sorted.length < 2 ? 0 : Math.sqrt(squares / (sorted.length - 1)), outliers);
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
