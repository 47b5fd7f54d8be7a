package dev.freshpyc.perf.measure;

import dev.freshpyc.perf.measure.Race.Contender;
import dev.freshpyc.perf.measure.Race.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Runs programs in turns as a {@link Race} does, for works of very different lengths: a program that fails is left out from then
 * on, and a long one runs less often.
 *
 * @param race runs the programs, and says how often the short ones run
 */
public record Trials(Race race) {

    /** Milliseconds of counted runs after which a program does not run again. */
    private static final double ENOUGH = 15_000;

    /** Milliseconds from which on the first run counts, since a warm-up would cost more than it shows. */
    private static final double LONG = 30_000;

    /** What became of a program. */
    public sealed interface TrialResult {}

    /** The program worked in all of its runs. */
    public record Measured(Series series) implements TrialResult {}

    /**
     * The program failed, and its times say nothing.
     *
     * @param line the first line that says why
     */
    public record Failed(String line) implements TrialResult {}

    /** Measures all contenders; returns one result each, in the same order. */
    public List<TrialResult> run(List<Contender> contenders) throws InterruptedException {
        List<Trial> trials = contenders.stream().map(Trial::new).toList();
        for (Trial trial : trials) {
            trial.run(race, usage -> usage.wallMillis() >= LONG);
        }
        for (int round = 0; round < race.rounds(); round++) {
            for (Trial trial : trials) {
                if (trial.isUnfinished()) {
                    trial.run(race, _ -> true);
                }
            }
        }
        return trials.stream().map(Trial::result).toList();
    }

    /** The runs of one program. */
    private static final class Trial {

        private final Contender contender;
        private final List<Usage> runs = new ArrayList<>();
        private String failure = "";

        Trial(Contender contender) {
            this.contender = contender;
        }

        boolean isUnfinished() {
            return failure.isEmpty()
                    && runs.stream().mapToDouble(Usage::wallMillis).sum() < ENOUGH;
        }

        void run(Race race, Predicate<Usage> counts) throws InterruptedException {
            try {
                Usage usage = race.once(contender);
                if (counts.test(usage)) {
                    runs.add(usage);
                }
            } catch (IOException failed) {
                failure =
                        String.valueOf(failed.getMessage()).lines().findFirst().orElse("failed without a word");
            }
        }

        TrialResult result() {
            return failure.isEmpty() ? new Measured(new Series(contender, runs)) : new Failed(failure);
        }
    }
}
