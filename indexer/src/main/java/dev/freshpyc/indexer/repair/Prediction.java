package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.compile.CompileRequest;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.plan.RepairPlan;
import java.util.ArrayList;
import java.util.List;
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

    /** The outcomes: those of the pycs, then those of the sources whose mtime will be set. */
    List<Outcome> of(RepairPlan plan) {
        List<Outcome> outcomes = new ArrayList<>();
        List<FilePlace> right = new ArrayList<>();
        plan.rewrites()
                .forEach(rewrite -> add(
                        plan,
                        rewrite.place(),
                        new Effect.Restamped(rewrite.evidence(), packaged.test(rewrite.place())),
                        outcomes,
                        right));
        plan.recompilations().forEach(file -> add(plan, file.place(), effect(file), outcomes, right));
        plan.timesAfter(right)
                .forEach(time -> outcomes.add(time.place().sourceOutcome(new Effect.SourceTimeSet(time.seconds()))));
        return outcomes;
    }

    private void add(RepairPlan plan, FilePlace place, Effect effect, List<Outcome> outcomes, List<FilePlace> right) {
        long outside = plan.namesOutside(place);
        boolean refused = outside > 0 && options.hardLinks() == HardLinks.REFUSE;
        Effect predicted = refused && !(effect instanceof Effect.Failed)
                ? new Effect.Failed(SkipReason.LINKED_OUTSIDE, plan.links(place) + " names")
                : effect;
        outcomes.add(place.outcome(predicted));
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
