package dev.freshpyc.indexer.repair.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** After a repair wrote a file, the record of its source describes the new file, unless the source has changed. */
class RepairedRecordsTest {

    private static final Magic MAGIC = new Magic(0x0a0d0da7);
    private static final FileStamp SOURCE = stamp(1);
    private static final FileStamp OTHER_SOURCE = stamp(2);
    private static final FileStamp OLD = stamp(3);
    private static final FileStamp NEW = stamp(4);
    private static final Sha256 CONTENT = new Sha256(1, 2, 3, 4);
    private static final Sha256 BODY = new Sha256(5, 6, 7, 8);
    private static final SourceHash HASH = new SourceHash(9);
    private static final HeaderBytes HEAD = new HeaderBytes(0x0a0d0da7L, 0, 16);

    private final RepairedRecords records =
            new RepairedRecords(new TargetHeader(TargetMode.CHECKED_HASH, OptionalLong.empty()));

    @Test
    void aPycWithANewHashHeaderIsFresh() {
        PycRecord after =
                records.after(record(SOURCE), headerRewrite(), NEW).pycs().getFirst();

        assertThat(after.stamp()).isEqualTo(NEW);
        assertThat(after.verdict().kind()).isEqualTo(Verdict.Kind.FRESH);
        assertThat(after.provenFor()).isEqualTo(CONTENT);
        assertThat(after.facts()).isEqualTo(new ContentFacts(true, HASH));
    }

    @Test
    void unsettledFilesHaveNoContentFacts() {
        SourceRecord unsettled = record(FileStamp.UNSETTLED, FileStamp.UNSETTLED);
        assertThat(records.after(unsettled, headerRewrite(), NEW)
                        .pycs()
                        .getFirst()
                        .facts())
                .isEqualTo(ContentFacts.NOTHING);
    }

    /** Another process recorded a new source in the index. The written pyc was compiled from the old source. */
    @Test
    void theRecordOfAChangedSourceIsKept() {
        SourceRecord newer = record(OTHER_SOURCE);
        assertThat(records.after(newer, headerRewrite(), NEW)).isEqualTo(newer);
    }

    @Test
    void aSourceWithTheMtimeThatTheRepairSetGetsTheNewStamp() {
        FileStamp given = new FileStamp(0, 0, 1_800_000_000, 0, SOURCE.size(), SOURCE.inode(), SOURCE.device());
        assertThat(records.after(record(SOURCE), sourceTimeChange(), given).stamp())
                .isEqualTo(given);
    }

    @Test
    void aSourceThatWasEditedAfterTheRepairKeepsItsOldStamp() {
        FileStamp edited =
                new FileStamp(1_800_000_000, 0, 1_800_000_000, 0, SOURCE.size(), SOURCE.inode(), SOURCE.device());
        FileStamp longer = new FileStamp(0, 0, 1_800_000_000, 0, SOURCE.size() + 1, SOURCE.inode(), SOURCE.device());
        SourceRecord before = record(SOURCE);
        assertThat(records.after(before, sourceTimeChange(), edited)).isEqualTo(before);
        assertThat(records.after(before, sourceTimeChange(), longer)).isEqualTo(before);
    }

    private static SourceTimeChange sourceTimeChange() {
        return new SourceTimeChange(new PathEntry.Directory(RawPath.of("/lib"), 0), RawPath.of("a.py"), SOURCE, 0);
    }

    private static SourceRecord record(FileStamp source) {
        return record(source, OLD);
    }

    private static SourceRecord record(FileStamp source, FileStamp bytecode) {
        var stale = Verdict.recorded(Verdict.Kind.STALE, InterpreterAnswer.RECOMPILES, Reason.MTIME, Evidence.HEADER);
        var pyc = new PycRecord(
                "cpython-311", OptimizationLevel.NONE, bytecode, HEAD, BODY, null, null, stale, ContentFacts.NOTHING);
        return new SourceRecord(source, CONTENT, List.of(pyc));
    }

    private static HeaderRewrite headerRewrite() {
        var place = new FilePlace(
                new PathEntry.Directory(RawPath.of("/lib"), 0),
                RawPath.of("__pycache__/a.cpython-311.pyc"),
                RawPath.of("a.py"),
                "cpython-311",
                OptimizationLevel.NONE);
        return new HeaderRewrite(
                place,
                OLD,
                true,
                HEAD,
                SOURCE,
                new PycHeader.Hashed(MAGIC, true, HASH),
                Evidence.HEADER,
                ContentFacts.NOTHING.withWhole(),
                record(SOURCE));
    }

    private static FileStamp stamp(long inode) {
        return new FileStamp(1_700_000_000, 0, 1_700_000_000, 0, 100, inode, 1);
    }
}
