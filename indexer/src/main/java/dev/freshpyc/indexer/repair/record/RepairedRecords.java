package dev.freshpyc.indexer.repair.record;

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
import dev.freshpyc.indexer.repair.plan.FileChange;
import dev.freshpyc.indexer.repair.plan.FileLocation;
import dev.freshpyc.indexer.repair.plan.SourceTimeChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What the index is to hold of a source once something of it was repaired. */
public final class RepairedRecords {

    private final TargetHeader wanted;

    public RepairedRecords(TargetHeader wanted) {
        this.wanted = wanted;
    }

    /**
     * A source of which one bytecode file was written, that has {@code stamp} since. Nothing is told of a source that another
     * run has recorded anew meanwhile: the file was not made of that one.
     */
    public SourceRecord after(SourceRecord record, FileChange change, FileStamp stamp) {
        if (!FileStamp.UNSETTLED.equals(record.stamp()) && !change.sourceStamp().equals(record.stamp())) {
            return record;
        }
        FileLocation location = change.location();
        List<PycRecord> pycs = new ArrayList<>(record.pycs());
        pycs.replaceAll(pyc -> isOf(pyc, location) ? after(record, pyc, change, stamp) : pyc);
        return new SourceRecord(record.stamp(), record.content(), pycs);
    }

    /** A source whose time was set, so that whatever was needless for that alone is loaded; unless it has another since. */
    public SourceRecord after(SourceRecord record, SourceTimeChange time, FileStamp stamp) {
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
                change.isMade() ? pyc.stamp() : stamp, // others wrote it, and it may be too young to be trusted
                head(change, pyc.head()),
                change.isWhole() ? change.bodyDigest() : pyc.body(),
                assumed ? pyc.provenFor() : record.content(),
                verdict(change),
                learned(record, pyc, change));
    }

    /** What was too young to be trusted may have become another in the moment between its digest and what was learned of it. */
    private static ContentFacts learned(SourceRecord record, PycRecord pyc, FileChange change) {
        boolean body = change.isWhole() || !pyc.stamp().equals(FileStamp.UNSETTLED);
        boolean content = !FileStamp.UNSETTLED.equals(record.stamp());
        return pyc.tag() == null ? ContentFacts.NOTHING : change.learned().ofSame(body, content);
    }

    private static HeaderBytes head(FileChange change, HeaderBytes before) {
        byte[] head = change.newHead().encode();
        byte[] first = Arrays.copyOf(head, HeaderLayout.MAX_LENGTH);
        byte[] behind = !change.isWhole()
                ? Arrays.copyOfRange(before.toBytes(), head.length, Math.max(head.length, before.length()))
                : change.bodyBegin();
        int more = Math.min(behind.length, HeaderLayout.MAX_LENGTH - head.length);
        System.arraycopy(behind, 0, first, head.length, more);
        return HeaderBytes.of(first, head.length + more);
    }

    private Verdict verdict(FileChange change) {
        FileStamp source = change.sourceStamp();
        return Verdict.repaired(
                change.evidence(),
                change.newHead() instanceof PycHeader.Hashed,
                wanted.sourceMtime(source) == source.mtimeSeconds());
    }

    private static boolean isOf(PycRecord pyc, FileLocation location) {
        return Objects.equals(pyc.tag(), location.tag()) && pyc.level().equals(location.level());
    }
}
