package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RepairAction;
import dev.freshpyc.core.plan.RepairPolicy;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.index.IndexedJudge.Judgement;
import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.judge.AskedReader;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.FilePlace.SourceKey;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.Bodies;
import dev.freshpyc.indexer.repair.change.RepairOptions.RecordPolicy;
import dev.freshpyc.indexer.repair.installer.InstallerRecords;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.DatedSource;
import dev.freshpyc.indexer.scan.ProfiledSources;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what a repair will do with the files that one worker of the scan sees. */
public final class PlanCollector implements RecordEnricher {

    private final RepairOptions options;
    private final InstallerRecords records;
    private final ProfiledSources sources;
    private final EscapingLinks links;
    private final SharedPycs shared;
    private final TargetHeader target;
    private final SourceTimeRules times;
    private final RepairPolicy policy;
    private final AskedReader reader;
    private final OutcomeTally tally;
    private final SourceHashes hashes = new SourceHashes();
    private final DirectoryPlan directory;
    private final Set<WantedInterpreter> compilers = new HashSet<>();
    private final EntryTargets targets;
    private long seen;

    /**
     * A collector for one worker.
     *
     * @param tally gets the outcomes of files that stay as they are
     */
    PlanCollector(PlanRules rules, OutcomeTally tally, PlanStore store) {
        this.directory = new DirectoryPlan(store);
        this.options = rules.options();
        this.records = rules.records();
        this.sources = rules.sources();
        this.links = new EscapingLinks(options.root());
        this.shared = store.shared();
        this.target = options.target();
        this.times = new SourceTimeRules(options);
        this.targets = new EntryTargets(target);
        this.policy = new RepairPolicy(target, options.weakest());
        this.reader = new AskedReader(rules.reader());
        this.tally = tally;
    }

    /** The interpreters that compile. */
    Set<WantedInterpreter> compilers() {
        return compilers;
    }

    /** Whether sources get another mtime. */
    boolean hasTimes() {
        return directory.hasTimes();
    }

    /** Hands the files of the last directories to the store. Call this when the worker has ended. */
    void finish() {
        directory.finish();
        tally.addSeen(seen);
    }

    /** The headers that are written in each entry, as far as this collector has seen the entry. */
    EntryTargets targets() {
        return targets;
    }

    @Override
    public Optional<PycRecord> enrich(Sighting sighting, Judgement judgement) {
        Verdict verdict = reader.verdict(sighting, judgement.verdict());
        Optional<PycRecord> record = judgement.record();
        seen++;
        @Nullable
        FileStamp source = sighting.sourceState() instanceof SourceState.Present present ? present.stamp() : null;
        if (source != null) {
            shared.addDirectory(sighting);
        }
        if (options.bodies() == Bodies.KEEP_ALL && verdict.kind() != Verdict.Kind.NEEDLESS) {
            block(sighting);
            return record;
        }
        boolean missing = verdict.kind() == Verdict.Kind.MISSING || verdict.isOfLinkToNoFile();
        if (source == null || (record.isEmpty() && !missing)) {
            withoutRecord(sighting, verdict);
            return record;
        }
        if (sources.excludes(sighting.entry(), sighting.sourceKey().orElseThrow())) {
            skip(sighting, SkipReason.NOT_IN_PROFILE);
            return record;
        }
        Optional<Effect.Failed> obstacle = times.obstacle(sighting, source);
        if (obstacle.isPresent()) {
            report(sighting, obstacle.get());
            return record;
        }
        times.change(sighting, source).ifPresent(directory::add);
        SourceRecord prior =
                new SourceRecord(source, judgement.content(), record.stream().toList());
        if (missing && !isLeft(sighting)) {
            addMissing(sighting, verdict, source, prior);
        }
        return missing
                ? record
                : Optional.of(present(sighting, judgement, verdict, record.orElseThrow(), source, prior));
    }

    private void addMissing(Sighting sighting, Verdict verdict, FileStamp source, SourceRecord prior) {
        Optional<KnownInterpreter> maker = reader.maker(sighting);
        PycFormat format = Recompilation.format(sighting.tag(), maker, HeaderBytes.NONE);
        if (policy.plan(verdict, new PycHeader.Cut(0), format, source) instanceof RepairAction.Report(SkipReason why)) {
            report(sighting, why, detail(why, verdict, format, source));
        } else {
            countDated(sighting, source);
            compile(Recompilation.ofMissing(sighting, source, maker, prior), 1);
        }
    }

    /** Plans for a pyc that is there. Returns the record with new content facts, unless the pyc will be written: then its writer records them. */
    private PycRecord present(
            Sighting sighting,
            Judgement judgement,
            Verdict verdict,
            PycRecord seen,
            FileStamp source,
            SourceRecord prior) {
        HeaderBytes head = seen.head();
        Optional<KnownInterpreter> maker = reader.maker(sighting, new Magic((int) head.low()));
        PycFormat format = Recompilation.format(sighting.tag(), maker, head);
        PycHeader header = head.decode(format.layout());
        targets.add(sighting.entry(), verdict, source, header);
        RepairAction action =
                renewed(sighting, judgement, policy.plan(verdict, seen.strength(verdict), header, format, source));
        BodyState body = action.keepsBody() ? body(sighting, seen, header) : BodyState.UNWALKED;
        boolean broken = body.isBroken();
        boolean isNew =
                body == BodyState.WHOLE && seen.tag() != null && !seen.facts().whole();
        PycRecord record = isNew ? seen.withFacts(seen.facts().withWhole()) : seen;
        switch (broken ? new RepairAction.Recompile() : action) {
            case RepairAction.Leave(SkipReason why) -> {
                if (why == SkipReason.AS_WANTED) {
                    countDated(sighting, source);
                    leave(sighting, verdict, head, source, maker, prior);
                } else {
                    skip(sighting, why);
                    if (times.matchesChange(header, sighting, source)) {
                        block(sighting);
                    }
                }
                return isNew && stillIs(sighting, seen) ? record : seen;
            }
            case RepairAction.Report(SkipReason why) -> {
                report(sighting, why, detail(why, verdict, format, source));
                return isNew && stillIs(sighting, seen) ? record : seen;
            }
            case RepairAction.Recompile _ when options.bodies() == Bodies.KEEP_ALL -> block(sighting);
            case RepairAction.Restamp _, RepairAction.Recompile _ when isLeft(sighting) -> {} // it is reported
            case RepairAction.Restamp(Evidence evidence) -> {
                countDated(sighting, source);
                Optional<HeaderRewrite> rewrite = rewrite(sighting, record, source, format, header, evidence, prior);
                if (rewrite.isEmpty()) {
                    report(sighting, SkipReason.CHANGING, "");
                } else if (verdict.kind() == Verdict.Kind.FRESH && rewrite.get().isDone()) {
                    leave(sighting, verdict, head, source, maker, prior);
                } else {
                    directory.add(new PlannedFile.Rewrite(rewrite.get(), links(sighting)));
                }
            }
            case RepairAction.Recompile _ -> {
                countDated(sighting, source);
                boolean unusable = broken || verdict.kind() == Verdict.Kind.FATAL;
                compile(Recompilation.of(sighting, verdict, head, unusable, source, maker, prior), links(sighting));
            }
        }
        return seen;
    }

    /**
     * Leaves a pyc that is as wanted, unless a RECORD that is to be brought up to date lists another content. Then the pyc is
     * compiled and compared first: an earlier run may have changed the pyc alone, and somebody else may have tampered with it.
     */
    private void leave(
            Sighting sighting,
            Verdict verdict,
            HeaderBytes head,
            FileStamp source,
            Optional<KnownInterpreter> maker,
            SourceRecord prior) {
        boolean outdated = options.records() == RecordPolicy.UPDATE
                && sighting.placement() != Placement.LEGACY_OPTIMIZED
                && records.isOutdated(sighting, FilePlace.of(sighting));
        if (!outdated) {
            skip(sighting, SkipReason.AS_WANTED);
        } else if (!isLeft(sighting)) {
            compile(Recompilation.of(sighting, verdict, head, false, source, maker, prior), links(sighting));
        }
    }

    /**
     * The action, changed to a compilation where evidence does not keep the body: the run compiles all bodies, or this
     * body replaced a proven body and has to be compared.
     */
    private RepairAction renewed(Sighting sighting, Judgement judgement, RepairAction action) {
        boolean renews = (options.bodies() == Bodies.RENEW || judgement.isReplaced())
                && action.keepsBody()
                && sighting.placement() != Placement.LEGACY_OPTIMIZED;
        return renews ? new RepairAction.Recompile() : action;
    }

    /** Whether the pyc stays as it is, since a link leads out of the tree or a record lists the pyc; reports the reason. */
    private boolean isLeft(Sighting sighting) {
        Optional<String> escape = links.find(sighting);
        escape.ifPresent(detail -> report(sighting, SkipReason.LINK, detail));
        if (escape.isPresent() || isKept(sighting)) {
            return true;
        }
        shared.addFile(sighting);
        return false;
    }

    /** Whether a record lists the pyc and the user wants such files kept; reports the record. */
    private boolean isKept(Sighting sighting) {
        Optional<RawPath> record = records.keeper(sighting);
        record.ifPresent(found -> {
            tally.add(sighting.outcome(new Effect.Kept(found)));
            block(sighting);
        });
        return record.isPresent();
    }

    /** Whether the file is still the one that was recorded before its body was walked. */
    private static boolean stillIs(Sighting sighting, PycRecord seen) {
        return sighting.pycStampNow().equals(Optional.of(seen.stamp()));
    }

    /** Walks a body that would stay, once: evidence says where a body comes from, and not that the body is complete. */
    private static BodyState body(Sighting sighting, PycRecord record, PycHeader header) {
        if (record.facts().whole()) {
            return BodyState.WHOLE;
        }
        return header instanceof PycHeader.Intact intact ? sighting.walkBody(intact) : BodyState.UNWALKED;
    }

    private void withoutRecord(Sighting sighting, Verdict verdict) {
        boolean noSource = !(sighting.sourceState() instanceof SourceState.Present);
        switch (verdict.kind()) {
            case ORPHANED, SOURCELESS -> skip(sighting, SkipReason.NO_SOURCE);
            case SHADOWED -> skip(sighting, SkipReason.SHADOWED);
            case OTHER_TOOL -> skip(sighting, SkipReason.OTHER_TOOL);
            case FATAL, FOREIGN, MALFORMED ->
                report(
                        sighting,
                        noSource ? SkipReason.NO_SOURCE : SkipReason.UNREADABLE,
                        noSource
                                ? verdict.reason().label() + ", and nothing to compile"
                                : verdict.reason().label());
            case UNDECIDED -> {
                SkipReason why = RepairPolicy.undecided(verdict);
                report(sighting, why, why.detail(verdict.reason()));
            }
            case FRESH, NEEDLESS, STALE, IMPOSTOR, MISSING, UNREADABLE ->
                report(sighting, SkipReason.UNREADABLE, verdict.reason().label());
        }
    }

    /** The rewrite of a header; empty when the pyc or its source changes meanwhile. */
    private Optional<HeaderRewrite> rewrite(
            Sighting sighting,
            PycRecord record,
            FileStamp source,
            PycFormat format,
            PycHeader header,
            Evidence evidence,
            SourceRecord prior) {
        boolean settled = !record.stamp().equals(FileStamp.UNSETTLED);
        Optional<FileStamp> stamp = settled ? Optional.of(record.stamp()) : sighting.pycStampNow();
        Optional<PycHeader.Intact> newHead = newHead(sighting, record, source, format, header, evidence);
        if (stamp.isEmpty() || newHead.isEmpty()) {
            return Optional.empty();
        }
        boolean alone = sighting.pycLinks() == 1 && sighting.pycBehindLink().isEmpty();
        return Optional.of(new HeaderRewrite(
                FilePlace.of(sighting),
                stamp.get(),
                alone,
                record.head(),
                source,
                newHead.get(),
                evidence,
                record.facts(),
                prior));
    }

    private void compile(Recompilation file, long links) {
        compilers.add(file.compiler());
        directory.add(new PlannedFile.Compilation(file, links));
    }

    /** Reports a source whose mtime stays other than 0, while the header of its pyc will have the mtime 0. */
    private void countDated(Sighting sighting, FileStamp source) {
        if (!times.isDated(source)) {
            return;
        }
        SourceKey key = new SourceKey(sighting.entry(), sighting.sourceKey().orElseThrow());
        if (directory.isFirst(key)) {
            RawPath place = key.entry().path().resolve(key.source());
            tally.addDated(new DatedSource(place, source.mtimeSeconds(), source.size() == 0));
        }
    }

    private static long links(Sighting sighting) {
        return sighting.pycLinks() > 1 && sighting.pycBehindLink().isEmpty() ? sighting.pycLinks() : 1;
    }

    /** The header to write; empty when the source has changed or cannot be read. */
    private Optional<PycHeader.Intact> newHead(
            Sighting sighting,
            PycRecord record,
            FileStamp source,
            PycFormat format,
            PycHeader header,
            Evidence evidence) {
        Magic magic = ((PycHeader.Intact) header).magic();
        if (!target.isHash(format)) {
            return Optional.of(target.withTimes(magic, format, source));
        }
        if (header instanceof PycHeader.Hashed hashed && evidence == Evidence.HASH_HEADER) {
            return Optional.of(target.withHash(magic, hashed.hash()));
        }
        Optional<SourceHash> known = Optional.ofNullable(record.facts().sourceHash());
        return known.or(() -> hashes.hash(sighting, source, magic, format)).map(hash -> target.withHash(magic, hash));
    }

    /** What a report says beside the reason why a pyc is left. */
    static String detail(SkipReason why, Verdict verdict, PycFormat format, FileStamp source) {
        if (why != SkipReason.UNNAMEABLE_TIME) {
            return why.detail(verdict.reason());
        }
        String last = format.mtimeRule() == PycFormat.MtimeRule.TRUNCATED_WHOLE ? "4294967295" : "2147483647";
        return "its source has the mtime " + source.mtimeSeconds() + ", and its interpreter accepts 0 to " + last
                + " only: set another mtime";
    }

    private void report(Sighting sighting, SkipReason why, String detail) {
        report(sighting, new Effect.Failed(why, detail));
    }

    private void report(Sighting sighting, Effect.Failed failed) {
        tally.add(sighting.outcome(failed));
        block(sighting);
    }

    /** Lets the source of a pyc keep its mtime, since the pyc stays as it is and does not have the wanted header. */
    private void block(Sighting sighting) {
        if (times.areSet()) {
            sighting.sourceKey().ifPresent(key -> directory.block(new SourceKey(sighting.entry(), key)));
        }
    }

    private void skip(Sighting sighting, SkipReason reason) {
        tally.addSkipped(reason, () -> sighting.outcome(new Effect.Skipped(reason)));
    }
}
