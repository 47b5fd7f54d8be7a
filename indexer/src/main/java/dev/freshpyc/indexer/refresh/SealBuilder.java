package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.index.IndexedJudge;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds the seal of one directory while its files are shown. */
final class SealBuilder {

    private final Map<Verdict.Kind, Long> verdicts = new EnumMap<>(Verdict.Kind.class);
    private @Nullable Sha256 fingerprint;
    private long records;
    private long unproven;
    private boolean whole;

    /** Begins a directory, with the fingerprint taken before any of its files was read. */
    void begin(Sha256 before) {
        fingerprint = before;
        records = 0;
        unproven = 0;
        whole = true;
        verdicts.clear();
    }

    /** Adds a file; a file that should have a record and has none makes the seal impossible. */
    void add(Placement placement, Optional<PycRecord> record, Verdict verdict) {
        verdicts.merge(verdict.kind(), 1L, Long::sum);
        unproven += verdict.isUnproven() ? 1 : 0;
        whole &= record.isPresent() || !IndexedJudge.isRecorded(placement);
    }

    void add(SourceRecord record) {
        records++;
        boolean read = record.stamp() == null || record.content() != null;
        whole &= read
                && !FileStamp.UNSETTLED.equals(record.stamp())
                && record.pycs().stream().allMatch(SealBuilder::isWhole);
    }

    /** The seal, and begins anew; empty when a file was unsettled, unread or unreadable, or when no directory was begun. */
    Optional<Seal> end() {
        Sha256 before = fingerprint;
        fingerprint = null;
        return before == null || !whole || records == 0
                ? Optional.empty()
                : Optional.of(new Seal(before, records, unproven, verdicts));
    }

    private static boolean isWhole(PycRecord pyc) {
        return !pyc.stamp().equals(FileStamp.UNSETTLED) && pyc.body() != null && pyc.isDecided();
    }
}
