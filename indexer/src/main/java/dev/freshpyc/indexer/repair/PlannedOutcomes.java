package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.UncompiledSource;
import dev.freshpyc.indexer.repair.change.UncompiledSource.Attempt;
import dev.freshpyc.indexer.repair.installer.InstallerRecords;
import dev.freshpyc.indexer.repair.installer.RecordForecast;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.plan.PlanBatch;
import dev.freshpyc.indexer.repair.plan.PlanBatches;
import dev.freshpyc.indexer.repair.plan.RepairPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Predicts the outcomes of a plan without compiling or writing anything. Interpreters are searched as in the run. An
 * outcome that only a compilation can tell is {@linkplain Effect.Compared compared}.
 */
final class PlannedOutcomes {

    private final RepairOptions options;
    private final CompileForecast compilers;
    private final InstallerRecords records;
    private final RecordForecast forecast = new RecordForecast();

    /**
     * @param records which files stand in the records of package managers
     * @param uncompiled the sources that an earlier run could not compile
     */
    PlannedOutcomes(
            RepairOptions options,
            InterpreterLocator interpreters,
            InstallerRecords records,
            Map<Attempt, UncompiledSource> uncompiled) {
        this.options = options;
        this.compilers = new CompileForecast(interpreters, uncompiled);
        this.records = records;
    }

    /** Adds the outcomes to a tally: those of the pycs, of the sources whose mtime will be set, and of the RECORD files. */
    void of(RepairPlan plan, OutcomeTally tally) throws IOException, InterruptedException {
        PlanBatches batches = plan.batches();
        for (Optional<PlanBatch> next = batches.next(); next.isPresent(); next = batches.next()) {
            PlanBatch batch = next.get();
            batch.left().forEach(tally::add);
            List<FilePlace> right = new ArrayList<>();
            for (HeaderRewrite rewrite : batch.rewrites()) {
                FilePlace place = rewrite.place();
                add(batch, place, new Effect.Restamped(rewrite.evidence(), records.isPackaged(place)), tally, right);
            }
            for (Recompilation file : batch.recompilations()) {
                add(batch, file.place(), effect(file), tally, right);
            }
            batch.setRight(right);
        }
        plan.forEachReadyTime(times ->
                times.forEach(time -> tally.add(time.place().sourceOutcome(new Effect.SourceTimeSet(time.seconds())))));
        forecast.conclude(tally, options.hardLinks() == HardLinks.BREAK);
    }

    private void add(PlanBatch batch, FilePlace place, Effect effect, OutcomeTally tally, List<FilePlace> right) {
        boolean refused = batch.namesOutside(place) > 0 && options.hardLinks() == HardLinks.REFUSE;
        boolean fails = effect instanceof Effect.Failed || effect instanceof Effect.DoesNotCompile;
        Effect predicted = refused && !fails
                ? new Effect.Failed(SkipReason.LINKED_OUTSIDE, batch.links(place) + " names")
                : effect;
        tally.add(place.outcome(predicted));
        if (!fails && !(predicted instanceof Effect.Failed)) {
            right.add(place);
            forecast.add(place, records.updated(place), !(predicted instanceof Effect.Compared));
        }
    }

    private Effect effect(Recompilation file) {
        return compilers
                .failure(file)
                .orElseGet(() -> file.mayBeEqual() || file.place().isOfAnyOptimization()
                        ? new Effect.Compared()
                        : new Effect.Recompiled(records.isPackaged(file.place())));
    }
}
