package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.measure.Sample.Ratio;
import dev.freshpyc.perf.measure.Trials.Failed;
import dev.freshpyc.perf.measure.Trials.Measured;
import dev.freshpyc.perf.measure.Trials.TrialResult;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link GrowthBench} measured at one size. A work that failed took infinitely long and all memory, so that it misses every
 * claim.
 *
 * @param pairs the size
 */
record SizeFigures(int pairs, long indexBytes, Map<GrowthWork, TrialResult> results) {

    SizeFigures {
        results = Map.copyOf(results);
    }

    /** Wall-clock milliseconds in the median. */
    double wall(GrowthWork work) {
        return series(work).map(series -> series.wall().median()).orElse(Double.POSITIVE_INFINITY);
    }

    /** Wall-clock microseconds for each pair. */
    double eachPair(GrowthWork work) {
        return wall(work) * 1_000 / pairs;
    }

    /** The most resident memory in MB. */
    double peak(GrowthWork work) {
        return series(work).map(series -> series.peak().max()).orElse(Double.POSITIVE_INFINITY);
    }

    /** The most resident memory in MB, without the size of the index for a work that maps it. */
    double ownPeak(GrowthWork work) {
        return work.isMapping() ? Math.max(0, peak(work) - indexBytes / 1e6) : peak(work);
    }

    /** The time of {@code work} at this size / that of {@code yardstick} at the other size. */
    double ratio(GrowthWork work, SizeFigures other, GrowthWork yardstick) {
        Optional<Series> mine = series(work);
        Optional<Series> its = other.series(yardstick);
        if (mine.isEmpty() || its.isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        return Ratio.of(mine.get().wall(), its.get().wall()).larger();
    }

    /** Why a work failed, if it did. */
    Optional<String> failure(GrowthWork work) {
        return results.get(work) instanceof Failed(String line) ? Optional.of(line) : Optional.empty();
    }

    private Optional<Series> series(GrowthWork work) {
        return results.get(work) instanceof Measured(Series series) ? Optional.of(series) : Optional.empty();
    }
}
