package dev.freshpyc.perf.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** One contender's runs, in order. */
public record Series(Contender contender, List<Usage> runs) {

    public Series {
        runs = List.copyOf(runs);
    }

    /** Wall-clock milliseconds. */
    public Sample wall() {
        return sample(Usage::wallMillis);
    }

    /** CPU milliseconds, user and system. */
    public Sample cpu() {
        return sample(Usage::cpuMillis);
    }

    /** Peak of resident memory, MB. */
    public Sample peak() {
        return sample(Usage::peakMegabytes);
    }

    private Sample sample(ToDoubleFunction<Usage> figure) {
        return new Sample(runs.stream().map(figure::applyAsDouble).toList());
    }
}
