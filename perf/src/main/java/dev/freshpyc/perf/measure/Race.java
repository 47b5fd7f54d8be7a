package dev.freshpyc.perf.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Runs programs in turns, A B C, A B C, after one uncounted round that warms the page cache.
 *
 * <p>In turns, because the load of a shared machine changes over minutes: three blocks of runs, one after the other, would
 * measure three different machines.
 *
 * @param measure the compiled {@code measure.c}
 * @param rounds number of counted rounds
 */
public record Race(ChildProcesses processes, Path measure, int rounds) {

    private static final Duration LIMIT = Duration.ofMinutes(30);

    /**
     * A program to measure.
     *
     * @param accepted exit codes of a successful run; any other code ends the race
     * @param before restores the state that each run starts from; not measured
     */
    public record Contender(String name, List<String> command, Set<Integer> accepted, Preparation before) {

        /** Runs before each run of a contender. */
        @FunctionalInterface
        public interface Preparation {
            void run() throws IOException, InterruptedException;
        }

        public Contender {
            command = List.copyOf(command);
            accepted = Set.copyOf(accepted);
        }

        /** A program that leaves everything as it was and needs no preparation. */
        public Contender(String name, List<String> command, Set<Integer> accepted) {
            this(name, command, accepted, () -> {});
        }
    }

    /** The measured runs of one contender, in order. */
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

        /** Peak of resident memory in MB. */
        public Sample peak() {
            return sample(Usage::peakMegabytes);
        }

        private Sample sample(ToDoubleFunction<Usage> figure) {
            return new Sample(runs.stream().map(figure::applyAsDouble).toList());
        }
    }

    /** Measures all contenders; returns one series each, in the same order. */
    public List<Series> run(List<Contender> contenders) throws IOException, InterruptedException {
        List<List<Usage>> runs = new ArrayList<>();
        for (Contender contender : contenders) {
            once(contender);
            runs.add(new ArrayList<>());
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                runs.get(i).add(once(contenders.get(i)));
            }
        }
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            series.add(new Series(contenders.get(i), runs.get(i)));
        }
        return series;
    }

    /** Prepares and runs a contender once; an exception says how it failed. */
    Usage once(Contender contender) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(measure.toString()));
        command.addAll(contender.command());
        contender.before().run();
        ChildProcesses.Ended ended = processes.run(LIMIT, command);
        Usage usage = Usage.parse(ended.orFail());
        if (!contender.accepted().contains(usage.status())) {
            throw new IOException(contender.name() + " ended with " + usage.status() + ended.firstError());
        }
        return usage;
    }
}
