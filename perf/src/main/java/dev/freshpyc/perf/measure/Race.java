package dev.freshpyc.perf.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs contenders in turns: A B C, A B C, and so on, after one round that is not counted and leaves the page cache warm.
 *
 * <p>In turns, because what else the machine does changes over minutes: three blocks of runs, one after the other, would
 * compare different machines.
 *
 * @param measure the compiled {@code measure.c}
 * @param rounds counted rounds
 */
public record Race(ChildProcesses processes, Path measure, int rounds) {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** One series per contender, in the same order. */
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

    private Usage once(Contender contender) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(measure.toString()));
        command.addAll(contender.command());
        contender.before().run();
        ChildProcesses.Ended ended = processes.run(LIMIT, command);
        Usage usage = Usage.parse(ended.orFail());
        if (!contender.accepted().contains(usage.status())) {
            throw new IOException(contender.name() + " ended with " + usage.status() + ended.lastWords());
        }
        return usage;
    }
}
