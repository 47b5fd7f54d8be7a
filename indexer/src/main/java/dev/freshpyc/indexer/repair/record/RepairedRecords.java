package dev.freshpyc.indexer.repair.record;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.repair.change.FileChange;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FileChange.WholeFile;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes the records of sources whose pycs were written. Pure. */
final class RepairedRecords {

    private final TargetHeader target;

    RepairedRecords(TargetHeader target) {
        this.target = target;
    }

    /**
     * The record after a pyc was written. A record that another run has renewed meanwhile stays as it is, since it describes another
     * state of the source than the pyc was made from.
     *
     * @param stamp the pyc's, taken after it was written
     */
    SourceRecord after(SourceRecord record, FileChange change, FileStamp stamp) {
        if (!FileStamp.UNSETTLED.equals(record.stamp()) && !change.sourceStamp().equals(record.stamp())) {
            return record;
        }
        FilePlace place = change.place();
        List<PycRecord> pycs = new ArrayList<>(record.pycs());
        pycs.replaceAll(
                pyc -> pyc.isOf(place.tag(), place.level()) ? after(record, planned(pyc, change), change, stamp) : pyc);
        return new SourceRecord(record.stamp(), record.content(), pycs);
    }

    /**
     * The record of the body that stays behind a new header. The index may have the record of another body, since it
     * keeps the proof of a replaced body.
     */
    private static PycRecord planned(PycRecord recorded, FileChange change) {
        return change instanceof HeaderRewrite
                ? change.prior().pycs().stream()
                        .filter(pyc -> !Objects.equals(pyc.body(), recorded.body()))
                        .findFirst()
                        .orElse(recorded)
                : recorded;
    }

    /** The record after a source's mtime was set: its needless pycs load now. The record stays when the source has changed since. */
    SourceRecord after(SourceRecord record, SourceTimeChange time, FileStamp stamp) {
        if (stamp.mtimeSeconds() != time.seconds()
                || stamp.size() != time.stamp().size()) {
            return record;
        }
        List<PycRecord> pycs = new ArrayList<>(record.pycs());
        pycs.replaceAll(RepairedRecords::loaded);
        return new SourceRecord(stamp, record.content(), pycs);
    }

    private static PycRecord loaded(PycRecord pyc) {
        return pyc.withVerdict(pyc.verdict().afterSourceTimesSet());
    }

    private PycRecord after(SourceRecord record, PycRecord pyc, FileChange change, FileStamp stamp) {
        boolean assumed = change.evidence() == Evidence.ASSUMED;
        return new PycRecord(
                pyc.tag(),
                pyc.level(),
                isUntouched(change) ? pyc.stamp() : stamp, // the new stamp of an untouched file may be unsettled
                head(change, pyc.head()),
                change instanceof WholeFile whole ? whole.bodyDigest() : pyc.body(),
                assumed ? pyc.provenFor() : record.content(),
                assumed ? pyc.basis() : basis(change.evidence(), record.content(), pyc),
                verdict(change),
                facts(record, pyc, change));
    }

    /** The basis of the proof of a repaired pyc; the earlier basis if only the header is new. */
    private static @Nullable Evidence basis(Evidence evidence, @Nullable Sha256 content, PycRecord before) {
        if (content == null || evidence == Evidence.RECOMPILED) {
            return content == null ? null : evidence;
        }
        boolean repeats = evidence == Evidence.INDEX || evidence == Evidence.PROOF;
        Evidence known = content.equals(before.provenFor()) ? before.basis() : null;
        return known != null ? known : repeats ? Evidence.HEADER : evidence;
    }

    /** Drops facts about an unsettled file, which may have changed between the reading of its digest and that of the facts. */
    private static ContentFacts facts(SourceRecord record, PycRecord pyc, FileChange change) {
        boolean body = change instanceof WholeFile || !pyc.stamp().equals(FileStamp.UNSETTLED);
        boolean content = !FileStamp.UNSETTLED.equals(record.stamp());
        return pyc.tag() == null ? ContentFacts.NOTHING : change.facts().ofSame(body, content);
    }

    private static HeaderBytes head(FileChange change, HeaderBytes before) {
        byte[] head = change.newHead().encode();
        byte[] first = Arrays.copyOf(head, HeaderLayout.MAX_LENGTH);
        byte[] behind = change instanceof WholeFile whole
                ? whole.bodyBegin().toBytes()
                : Arrays.copyOfRange(before.toBytes(), head.length, Math.max(head.length, before.length()));
        int more = Math.min(behind.length, HeaderLayout.MAX_LENGTH - head.length);
        System.arraycopy(behind, 0, first, head.length, more);
        return HeaderBytes.of(first, head.length + more);
    }

    private Verdict verdict(FileChange change) {
        FileStamp source = change.sourceStamp();
        return Verdict.repaired(
                change.evidence(),
                change.newHead() instanceof PycHeader.Hashed,
                target.sourceMtime(source) == source.mtimeSeconds());
    }

    private static boolean isUntouched(FileChange change) {
        return change instanceof HeaderRewrite rewrite && rewrite.isDone();
    }
}
