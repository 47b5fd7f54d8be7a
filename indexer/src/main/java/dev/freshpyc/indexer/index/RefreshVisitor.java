package dev.freshpyc.indexer.index;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.file.Stamp;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.Sha256;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.indexer.judge.VerdictCounts;
import dev.freshpyc.indexer.scan.ScanEntry;
import dev.freshpyc.indexer.scan.ScanVisitor;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judges what one worker sees and writes what is new into the drafts. */
final class RefreshVisitor implements ScanVisitor {

    private static final Comparator<PycRecord> BY_NAME = Comparator.comparing(
                    (PycRecord pyc) -> pyc.tag() == null ? "" : pyc.tag())
            .thenComparing(pyc -> pyc.level().name());

    /** A source of the directory at hand, and the records of its bytecode so far. */
    private record Pending(
            Optional<SourceRecord> prior, @Nullable Stamp stamp, SourceMemo memo, List<PycRecord> pycs) {}

    private final IndexedJudge judge;
    private final Function<ScanEntry, Optional<Draft>> drafts;
    private final IndexRules rules;
    private final VerdictCounts verdicts = new VerdictCounts();
    private final Map<Integer, KeySet> keys = new HashMap<>();
    private final Map<RawPath, Pending> pending = new LinkedHashMap<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private long seen;
    private long reused;
    private final Map<Integer, Long> changed = new HashMap<>();

    /** A directory that could not be read: what is recorded of it is not known to have vanished. */
    record Refusal(ScanEntry entry, RawPath directory, Errno errno) {
        /** The directory whose sources are affected: that of a refused cache is the one above. */
        RawPath sourceDirectory() {
            return directory.name().equals(RawPath.of(PycPath.CACHE_DIRECTORY)) ? directory.parent() : directory;
        }
    }

    RefreshVisitor(IndexedJudge judge, Function<ScanEntry, Optional<Draft>> drafts, IndexRules rules) {
        this.judge = judge;
        this.drafts = drafts;
        this.rules = rules;
    }

    @Override
    public void saw(Sighting sighting) {
        IndexedJudge.Look look = judge.look(sighting);
        seen++;
        reused += look.reused() ? 1 : 0;
        verdicts.add(
                look.record().map(PycRecord::verdict).orElse(look.verdict()).kind());
        SourceMemo source = judge.source();
        if (look.record().isPresent() && source != null) {
            pending.computeIfAbsent(source.key(), _ -> begin(source, sighting))
                    .pycs
                    .add(look.record().get());
        }
    }

    @Override
    public void refused(ScanEntry entry, RawPath directory, Errno errno) {
        refusals.add(new Refusal(entry, directory, errno));
    }

    @Override
    public void finished(ScanEntry entry, RawPath directory) {
        if (!pending.isEmpty()) {
            Optional<Draft> draft = drafts.apply(entry);
            KeySet entryKeys = keys.computeIfAbsent(entry.index(), _ -> new KeySet());
            pending.forEach((key, source) -> {
                entryKeys.add(key);
                if (record(draft, key, source)) {
                    changed.merge(entry.index(), 1L, Long::sum);
                }
            });
            pending.clear();
        }
    }

    private Pending begin(SourceMemo source, Sighting sighting) {
        boolean settled = source.stamp() == null
                || (!source.isChanging() && !rules.window().coversAny(source.stamp(), sighting.takenAtNanos()));
        return new Pending(source.prior(), settled ? source.stamp() : Stamp.UNSETTLED, source, new ArrayList<>());
    }

    private static boolean record(Optional<Draft> draft, RawPath key, Pending source) {
        source.pycs.sort(BY_NAME);
        @Nullable Sha256 content = source.memo.knownContent();
        SourceRecord next = new SourceRecord(source.stamp, content, source.pycs);
        boolean differs = !source.prior.equals(Optional.of(next));
        if (differs) {
            draft.ifPresent(open -> open.put(key, next));
        }
        return differs;
    }

    /** Adds this worker's sums to {@code total}. */
    void addTo(RefreshTotal total) {
        total.add(verdicts, keys, refusals);
        total.addCounts(seen, reused, judge.digester().files(), judge.digester().bytes(), changed);
    }
}
