package dev.freshpyc.indexer.repair.archive;

import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.RepairAction;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.plan.PlanRules;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a repair will do with the members of archives. */
public final class ArchivePlans {

    private final MemberCollector collector;
    private final OutcomeTally tally;

    /** @param asked the interpreter that the user asked about; empty where each member is for the version that wrote it */
    public ArchivePlans(PlanRules rules, Optional<KnownInterpreter> asked, OutcomeTally tally) {
        this.tally = tally;
        this.collector = new MemberCollector(rules, asked, tally);
    }

    /** Collects the plans during a scan of the archives, in all of its workers. */
    public RecordEnricher collector() {
        return collector;
    }

    /** Whether no member is to be changed. */
    public boolean isEmpty() {
        return collector.plans().isEmpty();
    }

    /** The interpreters that compile. */
    public Set<WantedInterpreter> compilers() {
        return all().stream()
                .flatMap(List::stream)
                .filter(plan -> plan.action() instanceof RepairAction.Recompile)
                .map(MemberPlan::compiler)
                .collect(Collectors.toSet());
    }

    /**
     * The interpreter that compiles a member, if it has to be compiled.
     *
     * @param verdict on the member
     * @param asked the interpreter that the user asked about
     */
    public static WantedInterpreter compiler(Sighting sighting, Verdict verdict, Optional<KnownInterpreter> asked) {
        return WantedInterpreter.of(MemberCollector.magic(sighting.head(), verdict, asked));
    }

    /** Predicts the outcomes without compiling or writing anything. */
    public void predict(InterpreterLocator interpreters) {
        all().forEach(plans -> plans.forEach(plan -> tally.add(plan.outcome(prediction(plan, interpreters)))));
    }

    private static Effect prediction(MemberPlan plan, InterpreterLocator interpreters) {
        return switch (plan.action()) {
            case RepairAction.Restamp(var evidence) -> new Effect.Restamped(evidence, false);
            case RepairAction.Recompile _ ->
                interpreters.find(plan.compiler()).isEmpty()
                        ? new Effect.Failed(SkipReason.NO_INTERPRETER, interpreters.explainAbsence(plan.compiler()))
                        : plan.mayBeEqual() ? new Effect.Compared() : new Effect.Recompiled(false);
            case RepairAction.Leave _, RepairAction.Report _ ->
                throw new IllegalArgumentException("nothing is planned");
        };
    }

    Map<PathEntry.Archive, List<MemberPlan>> byArchive() {
        return collector.plans();
    }

    private List<List<MemberPlan>> all() {
        return List.copyOf(collector.plans().values());
    }
}
