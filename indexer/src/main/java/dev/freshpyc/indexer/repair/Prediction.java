package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.compile.CompileRequest;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.plan.PlanBatch;
import dev.freshpyc.indexer.repair.plan.PlanBatches;
import dev.freshpyc.indexer.repair.plan.RepairPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Predicts the outcomes of a plan without compiling or writing anything. Interpreters are looked for, as in the run. What only a
 * compilation tells is said to be {@linkplain Effect.Compared compared}.
 */
final class Prediction {

    private final RepairOptions options;
    private final InterpreterLocator interpreters;
    private final Predicate<FilePlace> packaged;

    /** @param packaged whether a package's manifest lists a digest of a pyc */
    Prediction(RepairOptions options, InterpreterLocator interpreters, Predicate<FilePlace> packaged) {
        this.options = options;
        this.interpreters = interpreters;
        this.packaged = packaged;
    }

    /** Adds the outcomes to a tally: those of the pycs, then those of the sources whose mtime will be set. */
    void of(RepairPlan plan, OutcomeTally tally) throws IOException, InterruptedException {
        PlanBatches batches = plan.batches();
        for (Optional<PlanBatch> next = batches.next(); next.isPresent(); next = batches.next()) {
            PlanBatch batch = next.get();
            List<FilePlace> right = new ArrayList<>();
            for (HeaderRewrite rewrite : batch.rewrites()) {
                FilePlace place = rewrite.place();
                add(batch, place, new Effect.Restamped(rewrite.evidence(), packaged.test(place)), tally, right);
            }
            for (Recompilation file : batch.recompilations()) {
                add(batch, file.place(), effect(file), tally, right);
            }
            batch.setRight(right);
        }
        plan.forEachReadyTime(times ->
                times.forEach(time -> tally.add(time.place().sourceOutcome(new Effect.SourceTimeSet(time.seconds())))));
    }

    private void add(PlanBatch batch, FilePlace place, Effect effect, OutcomeTally tally, List<FilePlace> right) {
        boolean refused = batch.namesOutside(place) > 0 && options.hardLinks() == HardLinks.REFUSE;
        Effect predicted = refused && !(effect instanceof Effect.Failed)
                ? new Effect.Failed(SkipReason.LINKED_OUTSIDE, batch.links(place) + " names")
                : effect;
        tally.add(place.outcome(predicted));
        if (!(predicted instanceof Effect.Failed)) {
            right.add(place);
        }
    }

    private Effect effect(Recompilation file) {
        if (interpreters.find(file.compiler()).isEmpty()) {
            return new Effect.Failed(SkipReason.NO_INTERPRETER, interpreters.explainAbsence(file.compiler()));
        }
        if (!CompileRequest.canMake(file.place().level())) {
            return new Effect.Failed(SkipReason.NOT_COMPILED, "no interpreter has this optimization level");
        }
        return file.mayBeEqual() ? new Effect.Compared() : new Effect.Recompiled(packaged.test(file.place()));
    }
}
