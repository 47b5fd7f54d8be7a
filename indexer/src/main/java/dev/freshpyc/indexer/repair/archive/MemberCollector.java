package dev.freshpyc.indexer.repair.archive;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RepairAction;
import dev.freshpyc.core.plan.RepairPolicy;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Classifier;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.LegacyReader;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.index.IndexedJudge.Judgement;
import dev.freshpyc.indexer.judge.HeaderJudge;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.plan.PlanRules;
import dev.freshpyc.indexer.scan.MemberPair;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what a repair will do with the members of archives. All workers of a scan share one. */
final class MemberCollector implements RecordEnricher {

    private final RepairPolicy policy;
    private final PlanRules rules;
    private final Optional<KnownInterpreter> asked;
    private final HeaderJudge reader;
    private final Classifier classifier;
    private final OutcomeTally tally;
    private final Map<PathEntry.Archive, List<MemberPlan>> plans = new TreeMap<>();

    /** @param asked the interpreter that the user asked about; empty where each member is for the version that wrote it */
    MemberCollector(PlanRules rules, Optional<KnownInterpreter> asked, OutcomeTally tally) {
        this.policy = new RepairPolicy(rules.options().target(), rules.options().weakest());
        this.rules = rules;
        this.asked = asked;
        this.reader = new HeaderJudge(new Rules(HashChecks.DEFAULT, RacyWindow.DEFAULT, false), asked);
        this.classifier = new Classifier(HashChecks.DEFAULT, RacyWindow.DEFAULT, new LegacyReader(asked));
        this.tally = tally;
    }

    /** The plans by archive, in the order of the path. */
    Map<PathEntry.Archive, List<MemberPlan>> plans() {
        return plans;
    }

    @Override
    public synchronized Optional<PycRecord> enrich(Sighting sighting, Judgement judgement) {
        tally.addSeen(1);
        Verdict verdict = asRead(sighting, judgement.verdict());
        MemberPair members = sighting.members().orElseThrow();
        if (members.source().isEmpty() || !(sighting.sourceState() instanceof SourceState.Present present)) {
            skip(sighting, SkipReason.NO_SOURCE);
        } else if (rules.sources()
                .excludes(sighting.entry(), sighting.sourceKey().orElseThrow())) {
            skip(sighting, SkipReason.NOT_IN_PROFILE);
        } else {
            plan(sighting, verdict, strength(verdict, judgement), judgement.isReplaced(), members, present.stamp());
        }
        return judgement.record();
    }

    private static @Nullable Evidence strength(Verdict verdict, Judgement judgement) {
        Optional<PycRecord> record = judgement.record();
        return record.isPresent() ? record.get().strength(verdict) : verdict.evidence();
    }

    /**
     * The verdict for the interpreter that was asked about: it rejects the bytecode of any other, which is proven only for its own, and
     * from Python 3.5 on looks at no {@code .pyo} member.
     */
    private Verdict asRead(Sighting sighting, Verdict verdict) {
        Optional<Observation> unrequested =
                asked.map(sighting::observationFor).filter(seen -> seen.placement() == Placement.UNREQUESTED);
        if (unrequested.isPresent()) {
            return classifier.classify(unrequested.get());
        }
        return asked.map(_ -> reader.judge(sighting))
                .filter(read -> read.kind() == Verdict.Kind.FOREIGN)
                .orElse(verdict);
    }

    /** @param replaced whether the body replaced a proven body, and has to be compiled and compared */
    private void plan(
            Sighting sighting,
            Verdict verdict,
            @Nullable Evidence strength,
            boolean replaced,
            MemberPair members,
            FileStamp stamp) {
        HeaderBytes head = sighting.head();
        Magic magic = magic(head, verdict, asked);
        PycFormat format = rules.options().target().ofMember(magic);
        PycHeader header = head.decode(format.layout());
        RepairAction action = policy.plan(verdict, strength, header, format, stamp);
        boolean doubted = action.keepsBody() && (replaced || isBroken(sighting, header));
        switch (doubted ? new RepairAction.Recompile() : action) {
            case RepairAction.Leave(SkipReason why) -> skip(sighting, why);
            case RepairAction.Report(SkipReason why) ->
                tally.add(sighting.outcome(new Effect.Failed(why, why.detail(verdict.reason()))));
            case RepairAction.Restamp restamp -> add(sighting, verdict, members, stamp, magic, restamp);
            case RepairAction.Recompile compile -> add(sighting, verdict, members, stamp, magic, compile);
        }
    }

    /** The magic of the interpreter that a member is for: the one that wrote it, or the one that was asked about and rejects it. */
    static Magic magic(HeaderBytes head, Verdict verdict, Optional<KnownInterpreter> asked) {
        Magic own = new Magic((int) head.low());
        return MagicTable.owner(own).isPresent() && verdict.kind() != Verdict.Kind.FOREIGN
                ? own
                : asked.map(KnownInterpreter::magic).orElse(own);
    }

    /** Whether a body that would stay is incomplete: evidence says where a body comes from, and not that the body is complete. */
    private static boolean isBroken(Sighting sighting, PycHeader header) {
        return header instanceof PycHeader.Intact intact
                && sighting.walkBody(intact).isBroken();
    }

    private void add(
            Sighting sighting, Verdict verdict, MemberPair members, FileStamp stamp, Magic magic, RepairAction action) {
        Optional<RawPath> record = rules.records().keeper(sighting);
        if (record.isPresent()) {
            tally.add(sighting.outcome(new Effect.Kept(record.get())));
            return;
        }
        PathEntry.Archive entry = (PathEntry.Archive) sighting.entry();
        plans.computeIfAbsent(entry, _ -> new ArrayList<>())
                .add(new MemberPlan(
                        entry,
                        sighting.pyc().orElseThrow(),
                        sighting.sourceKey().orElseThrow(),
                        members.pyc(),
                        members.source().orElseThrow(),
                        members.archive(),
                        stamp,
                        sighting.head(),
                        magic,
                        !isRejected(verdict),
                        verdict.isBelieved(),
                        action));
    }

    /** Whether the interpreter takes the source, or another member, in place of the bytecode. */
    private static boolean isRejected(Verdict verdict) {
        return verdict.interpreter() == InterpreterAnswer.RECOMPILES
                || verdict.interpreter() == InterpreterAnswer.IGNORES;
    }

    private void skip(Sighting sighting, SkipReason reason) {
        tally.addSkipped(reason, () -> sighting.outcome(new Effect.Skipped(reason)));
    }
}
