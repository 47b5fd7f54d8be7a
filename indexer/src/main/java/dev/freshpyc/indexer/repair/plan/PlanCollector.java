package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.BodyState;
import dev.freshpyc.core.observe.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RepairAction;
import dev.freshpyc.core.plan.RepairPolicy;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.index.RecordEnricher;
import dev.freshpyc.indexer.repair.OutcomeCollector;
import dev.freshpyc.indexer.repair.RepairOptions;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One worker's plans, made while the files are sighted. */
public final class PlanCollector implements RecordEnricher {

    private final RepairOptions options;
    private final ManifestEvidence vouching;
    private final TargetHeader wanted;
    private final RepairPolicy planner;
    private final OutcomeCollector total;
    private final SourceHashMemo hashes = new SourceHashMemo();
    private final List<FileChange> changes = new ArrayList<>();
    private final List<Recompilation> recompilations = new ArrayList<>();
    private final Map<SourceTimeChange.Key, SourceTimeChange> times = new HashMap<>();
    private final Set<SourceTimeChange.Key> blocked = new HashSet<>();
    private long seen;

    public PlanCollector(RepairOptions options, OutcomeCollector total, ManifestEvidence vouching) {
        this.options = options;
        this.vouching = vouching;
        this.wanted = options.wanted();
        this.planner = new RepairPolicy(wanted, options.assumeMatching());
        this.total = total;
    }

    public List<FileChange> changes() {
        return changes;
    }

    public List<Recompilation> recompilations() {
        return recompilations;
    }

    /** Sources whose mtime is to be another. */
    public Collection<SourceTimeChange> times() {
        return times.values();
    }

    /** Sources with bytecode that stays as it is though it is not as wanted. */
    public Set<SourceTimeChange.Key> blocked() {
        return blocked;
    }

    public long seen() {
        return seen;
    }

    @Override
    public Optional<PycRecord> looked(Sighting sighting, Verdict verdict, Optional<PycRecord> record) {
        seen++;
        @Nullable
        FileStamp source = sighting.sourceState() instanceof SourceState.Present present ? present.stamp() : null;
        boolean missing = verdict.kind() == Verdict.Kind.MISSING;
        if (source == null || (record.isEmpty() && !missing)) {
            withoutRecord(sighting, verdict);
            return record;
        }
        if (options.setSourceTimes()) {
            addTime(sighting, source);
        }
        if (missing) {
            recompilations.add(Recompilation.ofMissing(sighting, source));
            return record;
        }
        return Optional.of(present(sighting, verdict, record.orElseThrow(), source));
    }

    /** Plans for a file; what is learned of one that will be written is for whoever has written it to record. */
    private PycRecord present(Sighting sighting, Verdict verdict, PycRecord seen, FileStamp source) {
        HeaderBytes head = seen.head();
        PycFormat format = format(sighting.tag(), head);
        PycHeader header = head.decode(format.layout());
        RepairAction action = planner.plan(verdict, header, format, source);
        BodyState body = keepsBody(action) ? body(sighting, seen, header) : BodyState.UNWALKED;
        boolean broken = isBroken(body);
        boolean isNew =
                body == BodyState.WHOLE && seen.tag() != null && !seen.learned().whole();
        PycRecord record = isNew ? seen.withFacts(seen.learned().withWhole()) : seen;
        switch (broken ? new RepairAction.Recompile() : action) {
            case RepairAction.Leave(SkipReason why) -> {
                total.addLeft(why);
                return isNew && stillIs(sighting, seen) ? record : seen;
            }
            case RepairAction.Report(SkipReason why) ->
                report(sighting, why, verdict.reason().label());
            case RepairAction.Restamp(Evidence evidence) -> restamp(sighting, record, source, format, header, evidence);
            case RepairAction.Recompile _
            when !broken && vouching.vouches(sighting, verdict) ->
                restamp(sighting, record, source, format, header, Evidence.MANIFEST);
            case RepairAction.Recompile _ ->
                recompilations.add(Recompilation.of(sighting, verdict, head, broken, source, format));
        }
        return seen;
    }

    /** Whether what was walked is what was recorded before that. */
    private static boolean stillIs(Sighting sighting, PycRecord seen) {
        return sighting.pycStampNow().equals(Optional.of(seen.stamp()));
    }

    private static boolean keepsBody(RepairAction action) {
        return action instanceof RepairAction.Restamp || action.equals(new RepairAction.Leave(SkipReason.AS_WANTED));
    }

    /** Evidence is about where a body comes from: whether it is whole is seen by walking it, once. */
    private static BodyState body(Sighting sighting, PycRecord record, PycHeader header) {
        if (record.learned().whole()) {
            return BodyState.WHOLE;
        }
        return header instanceof PycHeader.Intact intact ? sighting.walkBody(intact) : BodyState.UNWALKED;
    }

    private static boolean isBroken(BodyState body) {
        return switch (body) {
            case EMPTY, NOT_CODE, TRUNCATED, CORRUPT -> true;
            case BEGINS_AS_CODE, WHOLE, UNWALKED -> false;
        };
    }

    private void withoutRecord(Sighting sighting, Verdict verdict) {
        switch (verdict.kind()) {
            case ORPHANED, SOURCELESS -> total.addLeft(SkipReason.NO_SOURCE);
            case SHADOWED -> total.addLeft(SkipReason.SHADOWED);
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
            Evidence evidence) {
        boolean settled = !record.stamp().equals(FileStamp.UNSETTLED);
        Optional<FileStamp> stamp = settled ? Optional.of(record.stamp()) : sighting.pycStampNow();
        Optional<PycHeader.Intact> newHead = newHead(sighting, record, source, format, header, evidence);
        if (stamp.isEmpty() || newHead.isEmpty()) {
            report(sighting, SkipReason.CHANGING, "");
            return;
        }
        boolean alone = sighting.pycLinks() == 1;
        changes.add(FileChange.ofHeader(
                location(sighting),
                stamp.get(),
                alone,
                record.head(),
                source,
                newHead.get(),
                evidence,
                record.learned()));
    }

    /** The header to be written; empty when the source changed or cannot be read. */
    private Optional<PycHeader.Intact> newHead(
            Sighting sighting,
            PycRecord record,
            FileStamp source,
            PycFormat format,
            PycHeader header,
            Evidence evidence) {
        Magic magic = ((PycHeader.Intact) header).magic();
        if (!wanted.isHash(format)) {
            return Optional.of(wanted.withTimes(magic, format, source));
        }
        if (header instanceof PycHeader.Hashed hashed && evidence == Evidence.HASH_HEADER) {
            return Optional.of(wanted.withHash(magic, hashed.hash()));
        }
        Optional<SourceHash> known = Optional.ofNullable(record.learned().sourceHash());
        return known.or(() -> hashes.hash(sighting, source, magic, format)).map(hash -> wanted.withHash(magic, hash));
    }

    public static FileLocation location(Sighting sighting) {
        @Nullable CacheTag tag = sighting.tag();
        return new FileLocation(
                sighting.entry(),
                sighting.pyc().orElseThrow(),
                sighting.sourceKey().orElseThrow(),
                tag == null ? null : tag.name(),
                sighting.level());
    }

    private static PycFormat format(@Nullable CacheTag tag, HeaderBytes head) {
        if (tag != null) {
            return tag.format();
        }
        Magic magic = new Magic((int) head.low());
        return MagicTable.owner(magic).map(PycFormat::of).orElse(PycFormat.CURRENT);
    }

    private void addTime(Sighting sighting, FileStamp source) {
        long seconds = wanted.sourceMtime(source);
        boolean zero = wanted.mode() == TargetMode.ZERO_MTIME;
        if (seconds != source.mtimeSeconds() || (zero && source.mtimeNanos() != 0)) {
            SourceTimeChange time =
                    new SourceTimeChange(sighting.entry(), sighting.sourceKey().orElseThrow(), source, seconds);
            times.put(time.key(), time);
        }
    }

    private void report(Sighting sighting, SkipReason why, String detail) {
        total.addUnrepaired(shown(sighting), why, detail);
        sighting.sourceKey()
                .ifPresent(key ->
                        blocked.add(new SourceTimeChange.Key(sighting.entry().index(), key)));
    }

    private static String shown(Sighting sighting) {
        RawPath file = sighting.pyc().or(sighting::source).orElse(RawPath.EMPTY);
        return sighting.entry().path().resolve(file).shown();
    }
}
