package dev.freshpyc.indexer.repair.replace;

import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.change.SkippedException;
import java.io.IOException;
import java.util.function.Consumer;

/** A step in the replacement of one file. A failure is reported, and the run goes on. */
@FunctionalInterface
public interface ReplacementStep {

    /** Does the step. */
    void run() throws IOException, SkippedException;

    /**
     * Does a step, and reports a failure.
     *
     * @param report takes the effect of a failure
     * @return whether the step succeeded
     */
    static boolean run(ReplacementStep step, Consumer<Effect> report) {
        try {
            step.run();
            return true;
        } catch (SkippedException skipped) {
            report.accept(skipped.effect());
        } catch (SystemCallException refused) {
            report.accept(SkippedException.of(refused).effect());
        } catch (IOException refused) {
            report.accept(new Effect.Failed(SkipReason.REFUSED, String.valueOf(refused.getMessage())));
        }
        return false;
    }
}
