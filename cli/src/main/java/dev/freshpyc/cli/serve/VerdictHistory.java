package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.render.HistoryReport;
import dev.freshpyc.cli.render.HistoryReport.VerdictSample;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The numbers of verdicts of all entries over time, as refreshes found them. Thread-safe. */
public final class VerdictHistory {

    /** The most samples that are kept. */
    static final int KEPT = 2_000;

    /**
     * A sample within this time after the previous sample replaces it, so that a burst of refreshes does not push out
     * the older samples.
     */
    static final Duration SPACING = Duration.ofSeconds(10);

    private final ServedEntries entries;
    private final Clock clock;
    private final Deque<VerdictSample> samples = new ArrayDeque<>();
    private Instant spaced = Instant.EPOCH;

    public VerdictHistory(ServedEntries entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

    /**
     * Takes a sample, after a refresh.
     *
     * @throws IOException when an index cannot be read
     */
    public void sample() throws IOException {
        VerdictCounts counts = new VerdictCounts();
        for (RawPath key : entries.keys()) {
            counts.add(entries.verdicts(key));
        }
        add(new VerdictSample(clock.instant(), counts));
    }

    private synchronized void add(VerdictSample sample) {
        if (sample.time().isBefore(spaced.plus(SPACING)) && samples.size() > 1) {
            samples.removeLast();
        } else {
            spaced = sample.time();
        }
        samples.addLast(sample);
        if (samples.size() > KEPT) {
            samples.removeFirst();
        }
    }

    /** All samples, the oldest first. */
    HttpAnswer answer() throws IOException {
        List<VerdictSample> all = copy();
        return HttpAnswer.ok(out -> HistoryReport.print(all, out));
    }

    private synchronized List<VerdictSample> copy() {
        return List.copyOf(samples);
    }
}
