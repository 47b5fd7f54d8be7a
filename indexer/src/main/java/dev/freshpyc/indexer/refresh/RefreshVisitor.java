package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.index.IndexedJudge;
import dev.freshpyc.indexer.index.KnownSource;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanVisitor;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Judges the pycs that one worker sees and writes new records into the drafts. */
final class RefreshVisitor implements ScanVisitor {

    /** A source of the current directory, with the records of its pycs so far. */
    private record Pending(
            Optional<SourceRecord> prior, @Nullable FileStamp stamp, KnownSource memo, List<PycRecord> pycs) {}

    private final IndexedJudge judge;
    private final Drafts drafts;
    private final IndexRules rules;
    private final boolean bySeals;
    private final RecordEnricher enricher;
    private final ProgressMeter progress;
    private final RefreshTotal total = new RefreshTotal();
    private final Map<RawPath, Pending> pending = new LinkedHashMap<>();
    private final SealBuilder sealing = new SealBuilder();

    /**
     * A directory or an archive that could not be read; its records are kept, since its files may still be there.
     *
     * @param directory relative to the entry; {@link RawPath#EMPTY} for the entry itself
     * @param isAbsent whether there is no such directory
     */
    record Refusal(PathEntry entry, RawPath directory, Reason reason, boolean isAbsent) {
        /** The directory whose sources are affected; for a {@code __pycache__}, the parent. */
        RawPath sourceDirectory() {
            return directory.name().equals(RawPath.of(PycPath.CACHE_DIRECTORY)) ? directory.parent() : directory;
        }

        /** Whether the entry itself could not be read. */
        boolean isOfEntry() {
            return directory.equals(RawPath.EMPTY);
        }

        /** The line that reports this refusal. */
        String line() {
            String next = reason.equals(Reason.NO_ARCHIVE) ? "; 'freshpyc docs no-archive' says what to do" : "";
            return entry.path().locate(directory).shown() + ": cannot be read (" + reason.label() + ")" + next;
        }
    }

    /** @param bySeals whether seals are compared and made */
    RefreshVisitor(
            IndexedJudge judge,
            Drafts drafts,
            IndexRules rules,
            boolean bySeals,
            RecordEnricher enricher,
            ProgressMeter progress) {
        this.enricher = enricher;
        this.progress = progress;
        this.judge = judge;
        this.drafts = drafts;
        this.rules = rules;
        this.bySeals = bySeals;
    }

    @Override
    public boolean recognizes(PathEntry entry, RawPath directory, Supplier<Optional<Sha256>> fingerprint) {
        if (!bySeals || isRefused(directory)) {
            return false;
        }
        Optional<Sha256> now = fingerprint.get();
        if (now.isEmpty()) {
            return false;
        }
        Optional<Seal> known = drafts.currentSeals(entry)
                .map(seals -> seals.directories().get(directory))
                .filter(seal -> seal.fingerprint().equals(now.get()) && !enricher.wants(seal));
        known.ifPresentOrElse(
                seal -> {
                    total.of(entry).addRecognized(directory, seal);
                    total.addFiles(seal);
                },
                () -> sealing.begin(now.get()));
        return known.isPresent();
    }

    @Override
    public void saw(Sighting sighting) {
        IndexedJudge.Judgement judgement = judge.judgeAndRecord(sighting);
        Optional<PycRecord> record = judgement.remembered(enricher.enrich(sighting, judgement));
        Verdict verdict = record.map(PycRecord::verdict).orElse(judgement.verdict());
        if (!isGone(judgement.verdict())) {
            total.addFile(verdict, judgement.reused());
        }
        sealing.add(sighting.placement(), record, verdict);
        KnownSource source = judge.source();
        if (record.isPresent() && source != null) {
            pending.computeIfAbsent(source.key(), _ -> begin(source, sighting))
                    .pycs
                    .add(record.get());
        }
    }

    @Override
    public void repeated(PathEntry entry) {
        total.addRepeated(entry);
    }

    /** Whether a pyc vanished since its directory was listed, or is a link to nothing. */
    static boolean isGone(Verdict verdict) {
        return verdict.kind() == Verdict.Kind.UNREADABLE && verdict.reason().equals(Reason.of(Errno.ENOENT));
    }

    @Override
    public void refused(PathEntry entry, RawPath directory, Errno errno) {
        total.addRefusal(new Refusal(entry, directory, Reason.of(errno), errno.isAbsence()));
    }

    @Override
    public void flawed(PathEntry.Archive entry, RawPath member, Verdict verdict) {
        if (member.equals(RawPath.EMPTY)) {
            total.addRefusal(new Refusal(entry, member, verdict.reason(), false));
        }
    }

    @Override
    public void finished(PathEntry entry, RawPath directory) {
        progress.step();
        if (!pending.isEmpty()) {
            Optional<Draft> draft = drafts.find(entry);
            pending.forEach((key, source) -> {
                boolean differs = record(draft, key, source);
                total.of(entry).addSource(key, source.prior.isEmpty(), differs);
                total.addSource(differs);
            });
            pending.clear();
        }
        sealing.end()
                .filter(_ -> rules.digests())
                .ifPresent(seal -> total.of(entry).addSeal(directory, seal));
    }

    /** Whether a part of the directory could not be read; refusals come before the files. */
    private boolean isRefused(RawPath directory) {
        List<Refusal> refusals = total.refusals();
        return !refusals.isEmpty() && refusals.getLast().sourceDirectory().equals(directory);
    }

    private Pending begin(KnownSource source, Sighting sighting) {
        boolean settled = source.stamp() == null
                || (!source.isChanging() && !rules.window().coversAny(source.stamp(), sighting.takenAtNanos()));
        return new Pending(source.prior(), settled ? source.stamp() : FileStamp.UNSETTLED, source, new ArrayList<>());
    }

    private boolean record(Optional<Draft> draft, RawPath key, Pending source) {
        source.pycs.sort(PycRecord.BY_NAME);
        @Nullable Sha256 content = source.memo.knownContent();
        SourceRecord next = new SourceRecord(source.stamp, content, source.pycs);
        boolean differs = !source.prior.equals(Optional.of(next));
        sealing.add(next);
        if (differs) {
            draft.ifPresent(open -> open.put(key, next));
        }
        return differs;
    }

    /** The sums of this worker. */
    RefreshTotal total() {
        total.addHashed(judge.digester().takeFiles(), judge.digester().takeBytes());
        return total;
    }
}
