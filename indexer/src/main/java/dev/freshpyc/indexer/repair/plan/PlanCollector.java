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
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.pyc.SourceMtime;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.index.IndexedJudge.Judgement;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.FilePlace.SourceKey;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.DatedSource;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what a repair will do with the files that one worker of the scan sees. */
public final class PlanCollector implements RecordEnricher {

    private static final String OPTIMIZED =
            "compile it with its own interpreter: the name of a .pyo file does not tell -O from -OO";

    private final RepairOptions options;
    private final EscapingLinks links;
    private final TargetHeader target;
    private final RepairPolicy policy;
    private final OutcomeTally tally;
    private final SourceHashes hashes = new SourceHashes();
    private final List<HeaderRewrite> rewrites = new ArrayList<>();
    private final List<Recompilation> recompilations = new ArrayList<>();
    private final Map<SourceKey, SourceTimeChange> times = new HashMap<>();
    private final Set<SourceKey> blocked = new HashSet<>();
    private final HardLinkCounts linked = new HardLinkCounts();
    private final EntryTargets targets;
    private long seen;

    /** A collector for one worker; outcomes of files that stay as they are go to {@code tally}. */
    public PlanCollector(RepairOptions options, OutcomeTally tally) {
        this.options = options;
        this.links = new EscapingLinks(options.root());
        this.target = options.target();
        this.targets = new EntryTargets(target);
        this.policy = new RepairPolicy(target, options.assumeMatching());
        this.tally = tally;
    }

    /** Pycs that get a new header. */
    public List<HeaderRewrite> rewrites() {
        return rewrites;
    }

    /** Pycs that are compiled. */
    public List<Recompilation> recompilations() {
        return recompilations;
    }

    /** Sources that get another mtime. */
    public Collection<SourceTimeChange> times() {
        return times.values();
    }

    /** Sources with a pyc that stays as it is though it is not as wanted. */
    Set<SourceKey> blocked() {
        return blocked;
    }

    /** The planned pycs that have several names. */
    HardLinkCounts linked() {
        return linked;
    }

    /** The headers that are written in each entry, as far as this collector has seen the entry. */
    EntryTargets targets() {
        return targets;
    }

    /** How many pycs were judged. */
    public long seen() {
        return seen;
    }

    @Override
    public Optional<PycRecord> enrich(Sighting sighting, Judgement judgement) {
        Verdict verdict = judgement.verdict();
        Optional<PycRecord> record = judgement.record();
        seen++;
        @Nullable
        FileStamp source = sighting.sourceState() instanceof SourceState.Present present ? present.stamp() : null;
        boolean missing = verdict.kind() == Verdict.Kind.MISSING;
        if (source == null || (record.isEmpty() && !missing)) {
            withoutRecord(sighting, verdict);
            return record;
        }
        if (options.setSourceTimes()) {
            Optional<RawPath> target = sighting.sourceBehindLink();
            if (target.isPresent()) { // the time belongs to a file that may be the source of other pycs
                report(
                        sighting,
                        SkipReason.LINK,
                        "its source leads to " + target.get().shown());
                return record;
            }
            addTime(sighting, source);
        }
        SourceRecord prior =
                new SourceRecord(source, judgement.content(), record.stream().toList());
        if (missing && !isLeft(sighting)) {
            addMissing(sighting, verdict, source, prior);
        }
        return missing ? record : Optional.of(present(sighting, verdict, record.orElseThrow(), source, prior));
    }

    private void addMissing(Sighting sighting, Verdict verdict, FileStamp source, SourceRecord prior) {
        PycFormat format = Objects.requireNonNull(sighting.tag()).format();
        if (policy.plan(verdict, new PycHeader.Cut(0), format, source) instanceof RepairAction.Report(SkipReason why)) {
            report(sighting, why, detail(why, verdict, format, source));
        } else {
            countDated(sighting, source);
            recompilations.add(Recompilation.ofMissing(sighting, source, prior));
        }
    }

    /** Plans for a pyc that is there. Returns the record with new content facts, unless the pyc will be written: then its writer records them. */
    private PycRecord present(
            Sighting sighting, Verdict verdict, PycRecord seen, FileStamp source, SourceRecord prior) {
        HeaderBytes head = seen.head();
        PycFormat format = PycFormat.of(sighting.tag(), new Magic((int) head.low()));
        PycHeader header = head.decode(format.layout());
        targets.add(sighting.entry(), verdict, source, header);
        RepairAction action = policy.plan(verdict, header, format, source);
        BodyState body = keepsBody(action) ? body(sighting, seen, header) : BodyState.UNWALKED;
        boolean broken = isBroken(body);
        boolean isNew =
                body == BodyState.WHOLE && seen.tag() != null && !seen.facts().whole();
        PycRecord record = isNew ? seen.withFacts(seen.facts().withWhole()) : seen;
        switch (broken ? new RepairAction.Recompile() : action) {
            case RepairAction.Leave(SkipReason why) -> {
                if (why == SkipReason.AS_WANTED) {
                    countDated(sighting, source);
                }
                skip(sighting, why);
                return isNew && stillIs(sighting, seen) ? record : seen;
            }
            case RepairAction.Report(SkipReason why) -> report(sighting, why, detail(why, verdict, format, source));
            case RepairAction.Restamp _, RepairAction.Recompile _ when isLeft(sighting) -> {} // it is reported
            case RepairAction.Restamp(Evidence evidence) -> {
                countDated(sighting, source);
                restamp(sighting, record, source, format, header, evidence, prior);
            }
            case RepairAction.Recompile _
            when sighting.placement() == Placement.LEGACY_OPTIMIZED ->
                report(sighting, SkipReason.NOT_COMPILED, OPTIMIZED);
            case RepairAction.Recompile _ -> {
                countDated(sighting, source);
                boolean unusable = broken || verdict.kind() == Verdict.Kind.FATAL;
                Recompilation file = Recompilation.of(sighting, verdict, head, unusable, source, format, prior);
                recompilations.add(file);
                file.oldStamp().ifPresent(stamp -> countLinks(sighting, file.place(), stamp));
            }
        }
        return seen;
    }

    /** Whether a link leads out of the tree, so that the pyc is left; then that is reported. */
    private boolean isLeft(Sighting sighting) {
        Optional<String> escape = links.find(sighting);
        escape.ifPresent(detail -> report(sighting, SkipReason.LINK, detail));
        return escape.isPresent();
    }

    /** Whether the file is still the one that was recorded before its body was walked. */
    private static boolean stillIs(Sighting sighting, PycRecord seen) {
        return sighting.pycStampNow().equals(Optional.of(seen.stamp()));
    }

    private static boolean keepsBody(RepairAction action) {
        return action instanceof RepairAction.Restamp || action.equals(new RepairAction.Leave(SkipReason.AS_WANTED));
    }

    /** Walks a body that is to stay, once: evidence says where a body comes from, and not that all of it is there. */
    private static BodyState body(Sighting sighting, PycRecord record, PycHeader header) {
        if (record.facts().whole()) {
            return BodyState.WHOLE;
        }
        return header instanceof PycHeader.Intact intact ? sighting.walkBody(intact) : BodyState.UNWALKED;
    }

    private static boolean isBroken(BodyState body) {
        return switch (body) {
            case EMPTY, NOT_CODE, TRUNCATED, CORRUPT -> true;
            case BEGINS_AS_CODE, WHOLE, UNWALKED, UNKNOWN_DIALECT -> false;
        };
    }

    private void withoutRecord(Sighting sighting, Verdict verdict) {
        switch (verdict.kind()) {
            case ORPHANED, SOURCELESS -> skip(sighting, SkipReason.NO_SOURCE);
            case SHADOWED -> skip(sighting, SkipReason.SHADOWED);
            case OTHER_TOOL -> skip(sighting, SkipReason.OTHER_TOOL);
            case FRESH, NEEDLESS, STALE, IMPOSTOR, FATAL, FOREIGN, MALFORMED, MISSING, UNDECIDED, UNREADABLE ->
                report(sighting, SkipReason.UNREADABLE, verdict.reason().label());
        }
    }

    private void restamp(
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
            report(sighting, SkipReason.CHANGING, "");
            return;
        }
        boolean alone = sighting.pycLinks() == 1 && sighting.pycBehindLink().isEmpty();
        FilePlace place = FilePlace.of(sighting);
        countLinks(sighting, place, stamp.get());
        rewrites.add(new HeaderRewrite(
                place, stamp.get(), alone, record.head(), source, newHead.get(), evidence, record.facts(), prior));
    }

    /** Tells of a source whose mtime stays another than the 0 that the header of its pyc will have. */
    private void countDated(Sighting sighting, FileStamp source) {
        boolean zero = SourceMtime.truncated(source.mtimeSeconds(), source.mtimeNanos())
                        .seconds()
                == 0;
        if (target.mode() == TargetMode.ZERO_MTIME && !options.setSourceTimes() && !zero) {
            RawPath place = sighting.entry().path().resolve(sighting.sourceKey().orElseThrow());
            tally.addDated(new DatedSource(place, source.mtimeSeconds(), source.size() == 0));
        }
    }

    private void countLinks(Sighting sighting, FilePlace place, FileStamp stamp) {
        if (sighting.pycLinks() > 1 && sighting.pycBehindLink().isEmpty()) {
            linked.add(place, stamp, sighting.pycLinks());
        }
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

    private static String detail(SkipReason why, Verdict verdict, PycFormat format, FileStamp source) {
        if (why != SkipReason.UNNAMEABLE_TIME) {
            return verdict.reason().label();
        }
        String last = format.mtimeRule() == PycFormat.MtimeRule.TRUNCATED_WHOLE ? "4294967295" : "2147483647";
        return "its source has the mtime " + source.mtimeSeconds() + ", and its interpreter accepts 0 to " + last
                + " only: set another mtime";
    }

    private void addTime(Sighting sighting, FileStamp source) {
        long seconds = target.sourceMtime(source);
        boolean zero = target.mode() == TargetMode.ZERO_MTIME;
        if (seconds != source.mtimeSeconds() || (zero && source.mtimeNanos() != 0)) {
            SourceTimeChange time =
                    new SourceTimeChange(sighting.entry(), sighting.sourceKey().orElseThrow(), source, seconds);
            times.put(time.key(), time);
        }
    }

    private void report(Sighting sighting, SkipReason why, String detail) {
        tally.add(sighting.outcome(new Effect.Failed(why, detail)));
        sighting.sourceKey().ifPresent(key -> blocked.add(new SourceKey(sighting.entry(), key)));
    }

    private void skip(Sighting sighting, SkipReason reason) {
        tally.addSkipped(reason, () -> sighting.outcome(new Effect.Skipped(reason)));
    }
}
