package dev.freshpyc.indexer.repair.installer;

import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import java.io.IOException;

/** Something that is done with one RECORD; a failure is reported for that RECORD and the run goes on. */
@FunctionalInterface
interface RecordStep {

    /** Does it. */
    void run() throws IOException, SkippedException;

    /** Whether the step was done. */
    static boolean run(RecordPlace place, OutcomeTally tally, RecordStep step) {
        try {
            step.run();
            return true;
        } catch (SkippedException skipped) {
            tally.add(place.outcome(skipped.effect()));
        } catch (SystemCallException refused) {
            tally.add(place.outcome(SkippedException.of(refused).effect()));
        } catch (IOException refused) {
            tally.add(place.outcome(new Effect.Failed(SkipReason.REFUSED, String.valueOf(refused.getMessage()))));
        }
        return false;
    }
}
