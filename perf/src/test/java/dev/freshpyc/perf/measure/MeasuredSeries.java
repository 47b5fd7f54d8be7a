package dev.freshpyc.perf.measure;

import dev.freshpyc.perf.measure.Race.Contender;
import dev.freshpyc.perf.measure.Race.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Makes the runs of one program without running the program. */
public final class MeasuredSeries {

    private MeasuredSeries() {}

    /**
     * The successful runs of a program that spends all its time in the kernel.
     *
     * @param peakKib the peak of memory of each run, in KiB
     * @param millis the time of each run, in milliseconds
     */
    public static Series of(String name, long peakKib, long... millis) {
        List<Usage> runs = Arrays.stream(millis)
                .mapToObj(each -> new Usage(each * 1_000_000, 0, each * 1_000, peakKib, 0))
                .toList();
        return new Series(new Contender(name, List.of(name), Set.of(0)), runs);
    }
}
