package dev.freshpyc.perf.startup;

import dev.freshpyc.perf.measure.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The median of a sample with its 95 % confidence interval, by a percentile bootstrap whose result is the same at every call. */
public record Interval(double low, double median, double high) {

    /** Seed of the resampling, so that equal times give equal intervals. */
    public static final long SEED = 20_150_927;

    private static final int RESAMPLES = 2000;

    public static Interval of(Sample sample) {
        List<Double> values = sample.values();
        SplittableRandom random = new SplittableRandom(SEED);
        double[] medians = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            List<Double> drawn = new ArrayList<>(values.size());
            for (int j = 0; j < values.size(); j++) {
                drawn.add(values.get(random.nextInt(values.size())));
            }
            medians[i] = new Sample(drawn).median();
        }
        Arrays.sort(medians);
        return new Interval(medians[RESAMPLES / 40], sample.median(), medians[RESAMPLES - 1 - RESAMPLES / 40]);
    }

    /** Whether the intervals have a value in common: then no difference is shown. */
    public boolean overlaps(Interval other) {
        return low <= other.high && other.low <= high;
    }
}
